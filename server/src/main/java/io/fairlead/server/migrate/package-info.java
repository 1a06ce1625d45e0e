/** Moving from AMKO: its values become a configuration, and its answers are compared with ours. */
@NullMarked
package io.fairlead.server.migrate;

import org.jspecify.annotations.NullMarked;
