package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.probe.ResponseHead.Progress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/1 responses as octets, in one piece and octet by octet: both must be read alike. */
class ResponseTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 200 OK\\n\\n                          | DONE | 200
          HTTP/1.1 200 OK~~                             | DONE | 200
          HTTP/1.0 404~~                                | DONE | 404
          HTTP/1.1  500 spaces~~                        | DONE | 500
          HTTP/9.9 299 Odd but HTTP~~                   | DONE | 299
          ~~HTTP/1.1 200 after blank lines~~            | DONE | 200
          HTTP/1.1 100 Continue~~HTTP/1.1 201 Made~~    | DONE | 201
          HTTP/1.1 103 Hints~Link: <a>~~HTTP/1.1 503 x~~ | DONE | 503
          HTTP/1.1 101 Switching~Upgrade: x~~           | DONE | 101
          HTTP/1.1 200 OK~no colon here~: nor name~~    | DONE | 200
          HTTP/1.1 200 OK~A: b~                         | MORE | 200
          HTTP/1.1 200 OK                               | MORE | 0
          HTT                                           | MORE | 0
          HTTQ                                          | NOT_HTTP | 0
          HTTP/1.1 20~                                  | NOT_HTTP | 0
          HTTP/1.1 2000 OK~                             | NOT_HTTP | 0
          HTTP/1.1 099 OK~                              | NOT_HTTP | 0
          HTTP/1.1200 OK~                               | NOT_HTTP | 0
          HTTP/1 200 OK~                                | NOT_HTTP | 0
          SSH-2.0-OpenSSH_9.6~                          | NOT_HTTP | 0
          <html>                                        | NOT_HTTP | 0
          """)
  void theHead(String written, Progress progress, int status) {
    for (int piece : new int[] {Integer.MAX_VALUE, 1, 3}) {
      var head = new ResponseHead();
      assertThat(read(head, octets(written), piece)).as("pieces of %d", piece).isEqualTo(progress);
      if (progress != Progress.NOT_HTTP) {
        assertThat(head.status()).isEqualTo(status);
      }
    }
  }

  /** What of the rest is the body, and whether it has ended. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Content-Length: 5          | ready            | ready | true
          content-length:5           | ready and more   | ready | true
          Content-Length: 0          | nothing of this  |       | true
          Content-Length: 9          | rea              | rea   | false
          Content-Length: many       | ready            | ready | false
          X: y                       | ready            | ready | false
          Transfer-Encoding: chunked | 3~rea~2~dy~0~~   | ready | true
          Transfer-Encoding: Chunked | 5;a=b~ready~0~~  | ready | true
          Transfer-Encoding: gzip, chunked | 5~ready~0~~ | ready | true
          Transfer-Encoding: chunked | 00005~ready      | ready | false
          Transfer-Encoding: chunked | A~readyready     | readyready | false
          Transfer-Encoding: chunked | 0~~              |       | true
          Transfer-Encoding: chunked | 3~re             | re    | false
          """)
  void theBody(String header, String rest, @Nullable String expected, boolean ended) {
    for (int piece : new int[] {Integer.MAX_VALUE, 1, 2}) {
      var body = bodyAfter(header);
      var read = new StringBuilder();
      readBody(body, octets(rest), piece, read);
      assertThat(read.toString())
          .as("pieces of %d", piece)
          .isEqualTo(expected == null ? "" : expected);
      assertThat(body.ended()).isEqualTo(ended);
      assertThat(body.malformed()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"xyz~", "ffffffff~", "-1~", "0x5~", "99999999999999999999~"})
  void aChunkWithoutASizeEndsIt(String chunk) {
    var body = bodyAfter("Transfer-Encoding: chunked");
    var read = new StringBuilder();
    readBody(body, octets(chunk + "ready"), Integer.MAX_VALUE, read);

    assertThat(body.malformed()).isTrue();
    assertThat(body.ended()).isTrue();
    assertThat(read).isEmpty();
  }

  private static ResponseBody bodyAfter(String header) {
    var head = new ResponseHead();
    assertThat(read(head, octets("HTTP/1.1 200 OK~" + header + "~~"), Integer.MAX_VALUE))
        .isEqualTo(Progress.DONE);
    return head.body();
  }

  private static Progress read(ResponseHead head, ByteBuf octets, int piece) {
    Progress progress = Progress.MORE;
    while (progress == Progress.MORE && octets.isReadable()) {
      progress = head.read(octets.readSlice(Math.min(piece, octets.readableBytes())));
    }
    return progress;
  }

  private static void readBody(ResponseBody body, ByteBuf octets, int piece, StringBuilder read) {
    while (octets.isReadable()) {
      body.read(octets.readSlice(Math.min(piece, octets.readableBytes())), read);
    }
  }

  /** A tilde is the end of a line. */
  private static ByteBuf octets(String written) {
    return Unpooled.copiedBuffer(written.replace("~", "\r\n").replace("\\n", "\n"), ISO_8859_1);
  }
}
