/** GlobalService and HealthMonitor objects: which of them count, and what their status says. */
@NullMarked
package io.fairlead.sync.global;

import org.jspecify.annotations.NullMarked;
