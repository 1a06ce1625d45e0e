/** The admin API's HTTP: who may ask, how much, and how an answer or a refusal looks. */
@NullMarked
package io.fairlead.server.admin.http;

import org.jspecify.annotations.NullMarked;
