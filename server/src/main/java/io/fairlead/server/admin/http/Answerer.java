package io.fairlead.server.admin.http;

/** Answers calls of one path and method; it may block, and runs on one of few threads. */
@FunctionalInterface
public interface Answerer {
  /**
   * The reply.
   *
   * @throws Refusal where the call cannot be answered as it is
   */
  Reply answer(Call call);
}
