/** What the answer path costs, from octets to octets. */
@NullMarked
package io.fairlead.bench.answer;

import org.jspecify.annotations.NullMarked;
