/**
 * Octets and their meaning: names, types, codes, and the header of a message (RFC 1035 section 4).
 */
@NullMarked
package io.fairlead.dns.wire;

import org.jspecify.annotations.NullMarked;
