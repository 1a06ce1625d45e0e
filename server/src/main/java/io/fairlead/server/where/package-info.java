/** Which sites clients go to, and where they would go: asked of the very code that answers them. */
@NullMarked
package io.fairlead.server.where;

import org.jspecify.annotations.NullMarked;
