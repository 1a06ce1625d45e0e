/** Reading objects of any shape: trees of maps and lists, and the addresses in them. */
@NullMarked
package io.fairlead.sync.field;

import org.jspecify.annotations.NullMarked;
