/**
 * Who is told of each query: the query log and dnstap, encoded and shipped off the query threads.
 */
@NullMarked
package io.fairlead.server.tap;

import org.jspecify.annotations.NullMarked;
