/** What thirty thousand targets cost, measured by hand: see {@link ScaleRun}. */
@NullMarked
package io.fairlead.bench.health;

import org.jspecify.annotations.NullMarked;
