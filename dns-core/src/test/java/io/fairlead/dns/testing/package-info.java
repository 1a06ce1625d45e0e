/** What the tests of this module share: zones from text, and a server without sockets. */
@NullMarked
package io.fairlead.dns.testing;

import org.jspecify.annotations.NullMarked;
