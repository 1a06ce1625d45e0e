/** The admin API: what is known, over HTTP. */
@NullMarked
package io.fairlead.server.admin;

import org.jspecify.annotations.NullMarked;
