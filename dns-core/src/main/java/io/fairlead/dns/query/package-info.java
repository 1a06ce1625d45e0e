/** The query's journey from octets to octets: QueryHandler walks all steps in order. */
@NullMarked
package io.fairlead.dns.query;

import org.jspecify.annotations.NullMarked;
