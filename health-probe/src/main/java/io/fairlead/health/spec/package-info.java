/** What this module can be told: monitors and the targets they are pointed at. */
@NullMarked
package io.fairlead.health.spec;

import org.jspecify.annotations.NullMarked;
