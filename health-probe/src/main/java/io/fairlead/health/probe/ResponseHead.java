package io.fairlead.health.probe;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP/1 response's head as it comes, piece by piece (RFC 9112 sections 4 and 5): its status,
 * and what says where its body ends. Written by hand because it is read thousands of times a
 * second, and nothing else of it is wanted.
 */
final class ResponseHead {
  static final int MAX_STATUS_LINE_OCTETS = 4096;
  static final int MAX_HEADER_OCTETS = 16 * 1024;

  /** No header said how long the body is: it ends with the connection. */
  static final long UNTIL_CLOSED = -1;

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final String BEGIN = "HTTP/";
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/[0-9]\\.[0-9] +([1-9][0-9]{2})(?: .*)?");

  /** How far it has come. */
  enum Progress {
    MORE,
    DONE,
    NOT_HTTP,
    STATUS_LINE_TOO_LONG,
    HEADERS_TOO_LONG
  }

  private final StringBuilder line = new StringBuilder();
  private int headerOctets;
  private int status;
  private boolean chunked;
  private long length = UNTIL_CLOSED;

  /** Takes what belongs to the head; what follows it stays in the buffer. */
  Progress read(ByteBuf octets) {
    while (octets.isReadable()) {
      char octet = (char) octets.readUnsignedByte();
      Progress progress = octet == '\n' ? endLine() : add(octet);
      if (progress != Progress.MORE) {
        return progress;
      }
    }
    return status == 0 && !mayBecomeStatusLine() ? Progress.NOT_HTTP : Progress.MORE;
  }

  private boolean mayBecomeStatusLine() {
    int begun = Math.min(BEGIN.length(), line.length());
    return isBlank() || line.substring(0, begun).equals(BEGIN.substring(0, begun));
  }

  /** The line is a blank one, but for its end. */
  private boolean isBlank() {
    return line.length() == 1 && line.charAt(0) == '\r';
  }

  int status() {
    return status;
  }

  /** The body after it. */
  ResponseBody body() {
    return chunked ? ResponseBody.chunked() : ResponseBody.of(length);
  }

  /** What stands in the place of a status line. */
  String strange() {
    return Reasons.quote(line);
  }

  private Progress add(char octet) {
    line.append(octet);
    if (status != 0 && ++headerOctets > MAX_HEADER_OCTETS) {
      return Progress.HEADERS_TOO_LONG;
    }
    return status == 0 && line.length() > MAX_STATUS_LINE_OCTETS
        ? Progress.STATUS_LINE_TOO_LONG
        : Progress.MORE;
  }

  private Progress endLine() {
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    Progress progress =
        status == 0 ? endStatusLine() : line.isEmpty() ? endHead() : endHeader(line.toString());
    if (progress != Progress.NOT_HTTP) {
      line.setLength(0);
    }
    return progress;
  }

  /** Blank lines before it are no harm; how many there may be is bounded with all that comes. */
  private Progress endStatusLine() {
    if (line.isEmpty()) {
      return Progress.MORE;
    }
    Matcher matcher = STATUS_LINE.matcher(line);
    if (!matcher.matches()) {
      return Progress.NOT_HTTP;
    }
    status = Integer.parseInt(matcher.group(1));
    return Progress.MORE;
  }

  /** 100 Continue, 103 Early Hints: another response follows (RFC 9110 section 15.2). */
  private Progress endHead() {
    if (status >= 200 || status == SWITCHING_PROTOCOLS) {
      return Progress.DONE;
    }
    status = 0;
    headerOctets = 0;
    chunked = false;
    length = UNTIL_CLOSED;
    return Progress.MORE;
  }

  private Progress endHeader(String header) {
    int colon = header.indexOf(':');
    if (colon > 0) {
      String value = header.substring(colon + 1).strip();
      switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "transfer-encoding" -> chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
        case "content-length" -> length = value.matches("[0-9]{1,18}") ? Long.parseLong(value) : -1;
        default -> {}
      }
    }
    return Progress.MORE;
  }
}
