/** Whole zones for secondaries: AXFR and IXFR out (RFC 5936, 1995), and NOTIFY (RFC 1996). Cold. */
@NullMarked
package io.fairlead.dns.transfer;

import org.jspecify.annotations.NullMarked;
