/** Step 5 of a query: which members answer; the interfaces that a policy implements. */
@NullMarked
package io.fairlead.dns.choice;

import org.jspecify.annotations.NullMarked;
