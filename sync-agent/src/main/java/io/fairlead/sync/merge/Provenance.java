package io.fairlead.sync.merge;

/**
 * Whose word made a member what it is, for people.
 *
 * @param policy what selected it: "GlobalDeploymentPolicy avi-system/gdp", "sync.policy"
 * @param weight what gave its weight
 */
public record Provenance(String policy, String weight) {
  static final Provenance UNKNOWN = new Provenance("", "");
}
