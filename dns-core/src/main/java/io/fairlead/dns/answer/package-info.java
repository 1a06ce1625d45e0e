/** Steps 6 and 7 of a query: sections written in wire order, EDNS last. */
@NullMarked
package io.fairlead.dns.answer;

import org.jspecify.annotations.NullMarked;
