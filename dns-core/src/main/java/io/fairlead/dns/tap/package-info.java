/**
 * What was asked and answered, for who watches: written by query threads, lost rather than late.
 */
@NullMarked
package io.fairlead.dns.tap;

import org.jspecify.annotations.NullMarked;
