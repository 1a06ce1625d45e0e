/** How much is said to whom, so that nobody can have us flood another. */
@NullMarked
package io.fairlead.dns.limit;

import org.jspecify.annotations.NullMarked;
