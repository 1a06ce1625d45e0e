/** Threads: waiting for their end. */
@NullMarked
package io.fairlead.server.concurrent;

import org.jspecify.annotations.NullMarked;
