/** Where addresses are: files of networks, compiled at load into flat tables. */
@NullMarked
package io.fairlead.policy.geo;

import org.jspecify.annotations.NullMarked;
