/**
 * A YAML file as a tree whose every key and value knows its line, and the list of what is wrong.
 */
@NullMarked
package io.fairlead.config.file.tree;

import org.jspecify.annotations.NullMarked;
