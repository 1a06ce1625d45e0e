package io.fairlead.dns.net;

import static io.fairlead.dns.net.Messages.echoOf;
import static io.fairlead.dns.net.Messages.framed;
import static io.fairlead.dns.net.Messages.framedQueries;
import static io.fairlead.dns.net.Messages.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.dns.net.Simulated.Connection;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real socket cannot be made to do at will: to be full, and to be idle to the second. */
@ExtendWith(NoLeaks.class)
final class TcpConnectionTest {
  private final Simulated simulated =
      new Simulated(new TcpLimits(100, 100, Duration.ofSeconds(10)));
  private final Connection connection = simulated.accept("192.0.2.1");

  @AfterEach
  void closeAll() {
    simulated.close();
  }

  @Test
  void nothingIsAnsweredWhileTheClientDoesNotRead() {
    connection.reads(false);
    connection.send(framedQueries(3));
    assertThat(connection.received()).isEmpty();
    assertThat(connection.isReadFrom()).isFalse();

    connection.reads(true);
    assertThat(connection.received()).isEqualTo(framedEchoes(3));
    assertThat(connection.isReadFrom()).isTrue();
  }

  @Test
  void whatArrivesMeanwhileIsAnsweredInOrder() {
    connection.send(framed(query(0)));
    connection.reads(false);
    for (int id = 1; id < 100; id++) {
      connection.send(framed(query(id)));
    }
    connection.reads(true);
    assertThat(connection.received()).isEqualTo(framedEchoes(100));
  }

  /** The FIN makes epoll read all that the kernel has, wanted or not: that too has a bound. */
  @Test
  void whatWaitsForAnAnswerIsBounded() {
    connection.reads(false);
    byte[] chunk = framed(query(1, 40_000));
    for (int i = 0; i < 3; i++) {
      connection.send(chunk);
      assertThat(connection.isOpen()).isTrue();
    }
    connection.send(chunk);
    assertThat(connection.isOpen()).isFalse();
    assertThat(simulated.counts.sum(NetCounter.TCP_STALLED)).isOne();
    assertThat(connection.received()).isEmpty();
  }

  @Test
  void aSilentConnectionLivesForItsTimeAndNoLonger() {
    simulated.pass(Duration.ofMillis(9_999));
    assertThat(connection.isOpen()).isTrue();
    simulated.pass(Duration.ofMillis(1));
    assertThat(connection.isOpen()).isFalse();
    assertThat(simulated.counts.sum(NetCounter.TCP_TIMEOUTS)).isOne();
  }

  @Test
  void eachMessageGivesItTheWholeTimeAgain() {
    for (int id = 0; id < 5; id++) {
      simulated.pass(Duration.ofSeconds(9));
      connection.send(framed(query(id)));
    }
    simulated.pass(Duration.ofMillis(9_999));
    assertThat(connection.isOpen()).isTrue();
    simulated.pass(Duration.ofMillis(1));
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aPartOfAMessageGivesItNone() {
    byte[] frame = framed(query(1));
    for (int second = 0; second < 10; second++) {
      assertThat(connection.isOpen()).isTrue();
      connection.send(Arrays.copyOfRange(frame, second, second + 1));
      simulated.pass(Duration.ofSeconds(1));
    }
    assertThat(connection.isOpen()).isFalse();
  }

  /** It asks on and on, but nothing that it asks is answered: that is no life either. */
  @Test
  void aMessageThatWaitsBehindUnreadRepliesGivesItNone() {
    connection.reads(false);
    for (int second = 0; second < 10; second++) {
      assertThat(connection.isOpen()).isTrue();
      connection.send(framed(query(second)));
      simulated.pass(Duration.ofSeconds(1));
    }
    assertThat(connection.isOpen()).isFalse();
    assertThat(simulated.counts.sum(NetCounter.TCP_RECEIVED)).isZero();
  }

  private static byte[] framedEchoes(int count) {
    var all = new ByteArrayOutputStream();
    for (int id = 0; id < count; id++) {
      all.writeBytes(framed(echoOf(query(id))));
    }
    return all.toByteArray();
  }
}
