/** Questions asked of two configurations: who would be sent elsewhere by a change. */
@NullMarked
package io.fairlead.server.replay;

import org.jspecify.annotations.NullMarked;
