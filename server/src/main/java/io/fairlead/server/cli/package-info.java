/** The command line. */
@NullMarked
package io.fairlead.server.cli;

import org.jspecify.annotations.NullMarked;
