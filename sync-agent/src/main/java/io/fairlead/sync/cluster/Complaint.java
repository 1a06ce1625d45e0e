package io.fairlead.sync.cluster;

import io.fairlead.sync.merge.ImportedMember.Origin;

/**
 * Why an object's word is not served as it stands.
 *
 * @param reason one word for machines
 * @param text for people
 */
record Complaint(Origin origin, String reason, String text) {
  /** The object offers less than it says. */
  static final String SKIPPED = "Skipped";

  /** A name that it asks for is another's, or cannot be served here. */
  static final String NOT_SERVED = "NotServed";
}
