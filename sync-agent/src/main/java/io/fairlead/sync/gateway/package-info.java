/** Gateway API: what Gateways and the routes that they accepted offer together. */
@NullMarked
package io.fairlead.sync.gateway;

import org.jspecify.annotations.NullMarked;
