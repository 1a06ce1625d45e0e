/** What is checked: the section of a monitor, and what each type of monitor adds to it. */
@NullMarked
package io.fairlead.config.file.monitor;

import org.jspecify.annotations.NullMarked;
