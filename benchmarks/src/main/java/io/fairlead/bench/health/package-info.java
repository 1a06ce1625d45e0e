/**
 * What thirty thousand targets cost, and how soon a death is noticed: see {@link ScaleRun} and
 * {@link DeathRun}.
 */
@NullMarked
package io.fairlead.bench.health;

import org.jspecify.annotations.NullMarked;
