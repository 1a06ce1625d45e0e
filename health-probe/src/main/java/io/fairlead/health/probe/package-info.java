/** One check of one target on a real socket. */
@NullMarked
package io.fairlead.health.probe;

import org.jspecify.annotations.NullMarked;
