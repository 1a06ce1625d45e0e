/**
 * The language of sections: tables of keys, how their values are read, and what is said of bad
 * ones.
 */
@NullMarked
package io.fairlead.config.file.key;

import org.jspecify.annotations.NullMarked;
