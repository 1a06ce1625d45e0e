/** What this module can be told: services, pools, members, sites. */
@NullMarked
package io.fairlead.policy.spec;

import org.jspecify.annotations.NullMarked;
