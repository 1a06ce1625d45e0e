/** The same questions asked of several servers, and where they disagree. */
@NullMarked
package io.fairlead.bench.differential;

import org.jspecify.annotations.NullMarked;
