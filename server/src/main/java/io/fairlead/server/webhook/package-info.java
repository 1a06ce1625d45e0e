/** Events on their way to receivers that did not ask: posted, signed, tried again. */
@NullMarked
package io.fairlead.server.webhook;

import org.jspecify.annotations.NullMarked;
