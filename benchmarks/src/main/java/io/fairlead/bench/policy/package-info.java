/** What choosing costs, and what services cost to compile, to hold and to compile again. */
@NullMarked
package io.fairlead.bench.policy;

import org.jspecify.annotations.NullMarked;
