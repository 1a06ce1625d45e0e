/** The change's journey: events, one queue, one thread, the next snapshot. */
@NullMarked
package io.fairlead.server.control;

import org.jspecify.annotations.NullMarked;
