/** Every configuration that was accepted, to look back at and to go back to. */
@NullMarked
package io.fairlead.server.version;

import org.jspecify.annotations.NullMarked;
