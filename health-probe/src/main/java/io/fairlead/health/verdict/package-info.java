/** From probe results to verdicts: rise and fall, and who is told. */
@NullMarked
package io.fairlead.health.verdict;

import org.jspecify.annotations.NullMarked;
