/** From a Kubernetes object to the members that it offers. */
@NullMarked
package io.fairlead.sync.object;

import org.jspecify.annotations.NullMarked;
