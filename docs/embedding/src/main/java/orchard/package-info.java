/** Somebody else's program: Fairlead is a library to it. */
@NullMarked
package orchard;

import org.jspecify.annotations.NullMarked;
