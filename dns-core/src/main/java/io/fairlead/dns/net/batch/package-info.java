/**
 * The sockets' fast half: datagrams in batches, by Linux's own system calls. Knows the packet's
 * handler and nothing of Netty.
 */
@NullMarked
package io.fairlead.dns.net.batch;

import org.jspecify.annotations.NullMarked;
