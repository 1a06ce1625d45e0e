package io.fairlead.policy.explain;

/** What became of a member, and the words that say why. */
public enum MemberFate {
  TAKEN("taken"),
  NOT_PICKED("left: another was picked"),
  NOT_ELIGIBLE("left: it cannot answer"),
  POOL_LEFT("left with its pool");

  private final String text;

  MemberFate(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
