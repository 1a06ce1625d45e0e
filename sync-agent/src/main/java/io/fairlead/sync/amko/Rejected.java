package io.fairlead.sync.amko;

/** An object is not accepted; the message is what its status says, in AMKO's words. */
final class Rejected extends Exception {
  private static final long serialVersionUID = 1L;

  Rejected(String message) {
    super(message);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
