/** One cluster's AMKO objects are copied to the others, and only one at a time does so. */
@NullMarked
package io.fairlead.sync.federation;

import org.jspecify.annotations.NullMarked;
