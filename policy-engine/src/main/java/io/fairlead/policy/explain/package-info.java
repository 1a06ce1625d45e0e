/** Why: the reasons that a recorded choice gives. */
@NullMarked
package io.fairlead.policy.explain;

import org.jspecify.annotations.NullMarked;
