/**
 * What has happened: each change of what queries see, as one event for log, streams and webhooks.
 */
@NullMarked
package io.fairlead.server.event;

import org.jspecify.annotations.NullMarked;
