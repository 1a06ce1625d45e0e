/** The handler that the sockets call, and what a reload changes of it. */
@NullMarked
package io.fairlead.server.answering;

import org.jspecify.annotations.NullMarked;
