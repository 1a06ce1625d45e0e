/** AMKO's objects: read, accepted or rejected in AMKO's words, and the policy that follows. */
@NullMarked
package io.fairlead.sync.amko;

import org.jspecify.annotations.NullMarked;
