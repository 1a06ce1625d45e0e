package io.fairlead.server.admin.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Entity tags (RFC 9110 section 8.8.3): equal bodies have equal ones. */
final class Etag {
  /** Of a hash of 32 octets; equal by accident once in 2^64 replies. */
  private static final int OCTETS = 16;

  private Etag() {}

  static String of(Reply reply) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(reply.body().getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(hash, 0, OCTETS) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whether a list of tags, or {@code *}, holds this one; weakly where the list says so. */
  static boolean isIn(String list, String etag) {
    return Arrays.stream(list.split(","))
        .map(tag -> tag.strip().replaceFirst("^W/", ""))
        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
  }

  /** What is told gets its tag; who has it already gets no body (RFC 9110 section 15.4.5). */
  static Reply conditional(Call call, Reply reply) {
    if (!call.reads() || reply.status() != Status.OK) {
      return reply;
    }
    String etag = reply.headers().getOrDefault("ETag", of(reply));
    String known = call.header("If-None-Match");
    return known != null && isIn(known, etag)
        ? new Reply(Status.NOT_MODIFIED, reply.type(), "").with("ETag", etag)
        : reply.with("ETag", etag);
  }
}
