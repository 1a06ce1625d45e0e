/** Two small sites and a server, to see a failover in ten seconds. */
@NullMarked
package io.fairlead.server.demo;

import org.jspecify.annotations.NullMarked;
