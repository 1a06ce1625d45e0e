/** A configuration's file: read, watched, read again. */
@NullMarked
package io.fairlead.server.reload;

import org.jspecify.annotations.NullMarked;
