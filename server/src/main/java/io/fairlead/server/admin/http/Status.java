package io.fairlead.server.admin.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The status codes that we use (RFC 9110 section 15). */
public final class Status {
  public static final int OK = 200;
  public static final int CREATED = 201;
  public static final int NOT_MODIFIED = 304;
  public static final int BAD_REQUEST = 400;
  public static final int UNAUTHORIZED = 401;
  public static final int FORBIDDEN = 403;
  public static final int NOT_FOUND = 404;
  public static final int NOT_ALLOWED = 405;
  public static final int CONFLICT = 409;
  public static final int PRECONDITION_FAILED = 412;
  public static final int TOO_LARGE = 413;
  public static final int URI_TOO_LONG = 414;
  public static final int UNSUPPORTED_TYPE = 415;
  public static final int UNPROCESSABLE = 422;
  public static final int HEADERS_TOO_LARGE = 431;
  public static final int FAILED = 500;
  public static final int UNAVAILABLE = 503;

  private Status() {}

  static String title(int status) {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }
}
