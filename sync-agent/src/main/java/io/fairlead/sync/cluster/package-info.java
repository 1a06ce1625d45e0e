/** One cluster's connection: credentials, lists, watches, and its age when it is gone. */
@NullMarked
package io.fairlead.sync.cluster;

import org.jspecify.annotations.NullMarked;
