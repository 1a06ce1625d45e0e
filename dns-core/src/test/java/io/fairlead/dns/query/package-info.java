@NullMarked
package io.fairlead.dns.query;

import org.jspecify.annotations.NullMarked;
