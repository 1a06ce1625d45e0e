/** Step 8 of a query: exactly one outcome for each. */
@NullMarked
package io.fairlead.dns.count;

import org.jspecify.annotations.NullMarked;
