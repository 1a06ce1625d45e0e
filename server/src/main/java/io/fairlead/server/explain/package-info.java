/** Why a client gets what it gets: the query's own journey, recorded. */
@NullMarked
package io.fairlead.server.explain;

import org.jspecify.annotations.NullMarked;
