/** Step 4 of a query: what a name and a type stand for, found in tables that are built ahead. */
@NullMarked
package io.fairlead.dns.zone;

import org.jspecify.annotations.NullMarked;
