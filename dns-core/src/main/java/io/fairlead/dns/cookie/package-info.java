/** DNS cookies: which client has shown that its address is its own. */
@NullMarked
package io.fairlead.dns.cookie;

import org.jspecify.annotations.NullMarked;
