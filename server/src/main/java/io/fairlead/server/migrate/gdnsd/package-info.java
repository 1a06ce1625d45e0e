/**
 * A configuration of gdnsd as one of ours: read, resolved into pools, written with what is lost.
 */
@NullMarked
package io.fairlead.server.migrate.gdnsd;

import org.jspecify.annotations.NullMarked;
