/** From an agent in a cluster to the server: what the cluster offers, pushed over the admin API. */
@NullMarked
package io.fairlead.server.push;

import org.jspecify.annotations.NullMarked;
