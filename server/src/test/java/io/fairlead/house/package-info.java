/** The rules of the house that a machine can keep: ARCHITECTURE.md and CONTRIBUTING.md say why. */
@NullMarked
package io.fairlead.house;

import org.jspecify.annotations.NullMarked;
