/** Master files (RFC 1035 section 5) to records. */
@NullMarked
package io.fairlead.config.file.zone;

import org.jspecify.annotations.NullMarked;
