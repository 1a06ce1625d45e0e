/** When which target is probed: phases, intervals, the first round. */
@NullMarked
package io.fairlead.health.schedule;

import org.jspecify.annotations.NullMarked;
