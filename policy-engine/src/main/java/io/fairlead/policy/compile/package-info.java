/** From what is told to choosers: once a change, never on a query. */
@NullMarked
package io.fairlead.policy.compile;

import org.jspecify.annotations.NullMarked;
