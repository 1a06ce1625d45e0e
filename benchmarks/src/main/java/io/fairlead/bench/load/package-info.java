/** Load of our own: over real sockets, against any server, measured on the server's side. */
@NullMarked
package io.fairlead.bench.load;

import org.jspecify.annotations.NullMarked;
