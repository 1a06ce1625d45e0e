/** The last good state on disk, and back at start. */
@NullMarked
package io.fairlead.server.state;

import org.jspecify.annotations.NullMarked;
