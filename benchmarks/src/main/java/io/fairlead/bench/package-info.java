/** What the answer path costs. */
@NullMarked
package io.fairlead.bench;

import org.jspecify.annotations.NullMarked;
