/** The choosers themselves: immutable programs over int arrays, run once a query. */
@NullMarked
package io.fairlead.policy.choose;

import org.jspecify.annotations.NullMarked;
