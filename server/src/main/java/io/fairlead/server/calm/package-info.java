/** The way back of members that failed: who is held back, for whom and until when. */
@NullMarked
package io.fairlead.server.calm;

import org.jspecify.annotations.NullMarked;
