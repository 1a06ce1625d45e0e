/** Sockets: datagrams and framed TCP messages in, replies out. */
@NullMarked
package io.fairlead.dns.net;

import org.jspecify.annotations.NullMarked;
