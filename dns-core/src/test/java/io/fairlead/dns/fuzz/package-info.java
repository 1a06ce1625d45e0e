/**
 * Fuzz targets, in the form that Jazzer calls. Their seeds run as plain tests, with some seeded
 * mutations; {@code .ci/fuzz} runs one for as long as one likes.
 */
@NullMarked
package io.fairlead.dns.fuzz;

import org.jspecify.annotations.NullMarked;
