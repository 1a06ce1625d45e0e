/** What thirty thousand targets cost, measured by hand: see {@link ScaleRun}. */
@NullMarked
package io.fairlead.health.scale;

import org.jspecify.annotations.NullMarked;
