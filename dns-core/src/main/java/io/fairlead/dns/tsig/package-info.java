/** Signed messages (RFC 8945): who has a key is asked for it, and gets a signed reply. */
@NullMarked
package io.fairlead.dns.tsig;

import org.jspecify.annotations.NullMarked;
