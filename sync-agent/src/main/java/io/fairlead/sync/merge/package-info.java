/** From the members of all clusters to services; a pure function. */
@NullMarked
package io.fairlead.sync.merge;

import org.jspecify.annotations.NullMarked;
