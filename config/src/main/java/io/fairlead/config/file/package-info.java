/** How files say it: YAML and master files to records, every problem with its line. */
@NullMarked
package io.fairlead.config.file;

import org.jspecify.annotations.NullMarked;
