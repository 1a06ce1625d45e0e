/** What this module can be told: clusters, and which of their objects to take. */
@NullMarked
package io.fairlead.sync.spec;

import org.jspecify.annotations.NullMarked;
