/** What the whole server can be told, validated. */
@NullMarked
package io.fairlead.config;

import org.jspecify.annotations.NullMarked;
