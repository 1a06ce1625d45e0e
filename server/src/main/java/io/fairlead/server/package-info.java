/** The composition root: everything is built here, top to bottom, and closed in reverse. */
@NullMarked
package io.fairlead.server;

import org.jspecify.annotations.NullMarked;
