package io.fairlead.server.tap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.fairlead.config.TapSpec;
import io.fairlead.dns.choice.Address;
import io.fairlead.dns.query.Transport;
import io.fairlead.dns.tap.TapRing;
import io.fairlead.dns.tap.Taps;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the query log and readers of dnstap get, and that nobody waits for them. */
class TapWriterTest {
  /** fruit.example IN A, and its reply with an address. */
  private static final byte[] QUERY = message(0x01, 0x00, 0);

  private static final byte[] REPLY = message(0x85, 0x03, 0);
  private static final Instant NOW = Instant.parse("2026-11-25T05:10:00Z");

  @TempDir Path folder;

  private final AtomicLong nanos = new AtomicLong(Duration.ofHours(1).toNanos());
  private final Taps taps = new Taps(nanos::get);
  private final TapRing ring = taps.newRing();

  private static byte[] message(int high, int low, int answers) {
    byte[] name = "\5fruit\7example\0".getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(12 + name.length + 4)
        .put(new byte[] {0x12, 0x34, (byte) high, (byte) low, 0, 1, 0, (byte) answers, 0, 0, 0, 0})
        .put(name)
        .put(new byte[] {0, 1, 0, 1})
        .array();
  }

  private TapWriter writer(TapSpec spec) {
    return new TapWriter(spec, "dns-1", "fairlead/test", taps, InstantSource.fixed(NOW));
  }

  private void tap(byte[] query, byte[] reply, String peer, Transport transport) {
    var address = new Address();
    address.set(java.net.InetAddress.ofLiteral(peer));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment asked = arena.allocateFrom(ValueLayout.JAVA_BYTE, query);
      MemorySegment said = arena.allocate(Math.max(1, reply.length));
      MemorySegment.copy(reply, 0, said, ValueLayout.JAVA_BYTE, 0, reply.length);
      ring.offer(
          nanos.get(), transport.ordinal(), address, 5353, asked, query.length, said, reply.length);
    }
  }

  @Test
  void theQueryLogHasALineForEachQuery() throws IOException {
    Path log = folder.resolve("queries.log");
    var writer = writer(new TapSpec(log, null, null, true, true));
    tap(QUERY, REPLY, "192.0.2.7", Transport.UDP);
    tap(QUERY, new byte[0], "2001:db8::7", Transport.TCP);
    tap(new byte[] {1, 2, 3}, new byte[0], "192.0.2.7", Transport.UDP);
    tap(evil(), REPLY, "192.0.2.7", Transport.UDP);
    writer.close();

    assertThat(Files.readAllLines(log))
        .containsExactly(
            "2026-11-25T05:10:00Z 192.0.2.7#5353 udp fruit.example IN A NXDOMAIN 31",
            "2026-11-25T05:10:00Z 2001:db8:0:0:0:0:0:7#5353 tcp fruit.example IN A - 0",
            "2026-11-25T05:10:00Z 192.0.2.7#5353 udp - - - - 0",
            "2026-11-25T05:10:00Z 192.0.2.7#5353 udp fr\\010it.example IN A NXDOMAIN 31");
  }

  /** A stranger's octets end no line. */
  private static byte[] evil() {
    byte[] evil = QUERY.clone();
    evil[15] = '\n';
    return evil;
  }

  @Test
  void aLogThatIsRenamedIsMadeAnew() throws IOException {
    Path log = folder.resolve("queries.log");
    try (var writer = writer(new TapSpec(log, null, null, true, true))) {
      tap(QUERY, REPLY, "192.0.2.7", Transport.UDP);
      awaitLines(log, 1);
      Files.move(log, folder.resolve("queries.log.1"));
      awaitExists(log);
      tap(QUERY, REPLY, "192.0.2.8", Transport.UDP);
      awaitLines(log, 1);
      assertThat(writer.lost()).isZero();
    }
    assertThat(Files.readString(log)).contains("192.0.2.8#").doesNotContain("192.0.2.7#");
  }

  @Test
  void aFileOfFramesBeginsAndEndsAsReadersExpect() throws IOException {
    Path file = folder.resolve("queries.tap");
    var writer = writer(new TapSpec(null, null, file, true, true));
    tap(QUERY, REPLY, "192.0.2.7", Transport.UDP);
    tap(QUERY, REPLY, "2001:db8::7", Transport.TCP);
    writer.close();

    List<byte[]> frames = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      frames.addAll(frames(new DataInputStream(in)));
    }
    assertThat(frames).hasSize(4);
    Map<Integer, Object> dnstap = fields(frames.getFirst());
    assertThat(dnstap).containsEntry(15, 1L);
    assertThat((byte[]) dnstap.get(1)).asString(StandardCharsets.UTF_8).isEqualTo("dns-1");
    assertThat((byte[]) dnstap.get(2)).asString(StandardCharsets.UTF_8).isEqualTo("fairlead/test");
    assertThat(messageOf(frames.get(0)))
        .containsEntry(1, 1L) // AUTH_QUERY
        .containsEntry(2, 1L) // INET
        .containsEntry(3, 1L) // UDP
        .containsEntry(6, 5353L)
        .containsEntry(8, NOW.getEpochSecond())
        .containsEntry(10, QUERY);
    assertThat(messageOf(frames.get(1))).containsEntry(1, 2L).containsEntry(14, REPLY);
    assertThat(messageOf(frames.get(3)))
        .containsEntry(2, 2L) // INET6
        .containsEntry(3, 2L); // TCP
    assertThat((byte[]) messageOf(frames.get(3)).get(4)).hasSize(16);
  }

  @Test
  void onlyWhatIsIncludedIsSent() throws IOException {
    Path file = folder.resolve("replies.tap");
    var writer = writer(new TapSpec(null, null, file, false, true));
    tap(QUERY, REPLY, "192.0.2.7", Transport.UDP);
    tap(QUERY, new byte[0], "192.0.2.7", Transport.UDP);
    writer.close();

    try (var in = new DataInputStream(Files.newInputStream(file))) {
      assertThat(frames(in))
          .singleElement()
          .satisfies(frame -> assertThat(messageOf(frame)).containsEntry(1, 2L));
    }
  }

  /** The handshake of fstrm: READY, ACCEPT, START, frames, STOP, FINISH. */
  @Test
  void aReaderOnASocketGetsTheFrames() throws IOException {
    Path path = folder.resolve("dnstap.sock");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      var writer = writer(new TapSpec(null, path, null, true, false));
      try (SocketChannel reader = server.accept()) {
        var in = new DataInputStream(Channels.newInputStream(reader));
        assertThat(control(in)).isEqualTo(Frames.READY);
        reader.write(Frames.ofContent(Frames.ACCEPT));
        assertThat(control(in)).isEqualTo(Frames.START);
        tap(QUERY, REPLY, "192.0.2.7", Transport.UDP);
        byte[] frame = in.readNBytes(in.readInt());
        assertThat(messageOf(frame)).containsEntry(10, QUERY);

        Thread closing = Thread.ofPlatform().start(writer::close);
        assertThat(control(in)).isEqualTo(Frames.STOP);
        reader.write(ByteBuffer.allocate(12).putInt(0).putInt(4).putInt(Frames.FINISH).flip());
        join(closing);
      }
    }
  }

  /** Nobody listens: queries go on, and what is tapped is dropped. */
  @Test
  void aReaderThatIsAwayIsNotWaitedFor() {
    try (var writer = writer(new TapSpec(null, folder.resolve("nobody"), null, true, true))) {
      for (int i = 0; i < 100_000; i++) {
        tap(QUERY, REPLY, "192.0.2.7", Transport.UDP);
      }
      assertThat(writer.lost()).isLessThan(100_000);
    }
  }

  private static List<byte[]> frames(DataInputStream in) throws IOException {
    assertThat(control(in)).isEqualTo(Frames.START);
    List<byte[]> frames = new ArrayList<>();
    for (int length = in.readInt(); length != 0; length = in.readInt()) {
      frames.add(in.readNBytes(length));
    }
    assertThat(in.readInt()).isEqualTo(4);
    assertThat(in.readInt()).isEqualTo(Frames.STOP);
    assertThat(in.read()).as("nothing behind it").isNegative();
    return frames;
  }

  /** A control frame's type; READY and START name the content. */
  private static int control(DataInputStream in) throws IOException {
    assertThat(in.readInt()).isZero();
    byte[] frame = in.readNBytes(in.readInt());
    int type = ByteBuffer.wrap(frame).getInt();
    if (type == Frames.READY || type == Frames.START) {
      assertThat(new String(frame, StandardCharsets.US_ASCII)).endsWith("protobuf:dnstap.Dnstap");
    }
    return type;
  }

  private static Map<Integer, Object> messageOf(byte[] frame) throws IOException {
    return fields((byte[]) fields(frame).getOrDefault(14, new byte[0]));
  }

  private static Map<Integer, Object> fields(byte[] octets) throws IOException {
    Map<Integer, Object> fields = new TreeMap<>();
    CodedInputStream in = CodedInputStream.newInstance(new ByteArrayInputStream(octets));
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      Object value =
          switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> in.readUInt64();
            case WireFormat.WIRETYPE_FIXED32 -> (long) in.readFixed32();
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.readByteArray();
            default -> throw new AssertionError("no such field in dnstap.proto: " + tag);
          };
      fields.put(WireFormat.getTagFieldNumber(tag), value);
    }
    return fields;
  }

  private static void awaitExists(Path file) {
    await(() -> Files.exists(file), file + " is there");
  }

  private static void awaitLines(Path file, int lines) {
    await(
        () -> {
          try {
            return Files.exists(file) && Files.readAllLines(file).size() == lines;
          } catch (IOException e) {
            return false;
          }
        },
        lines + " lines in " + file);
  }

  private static void await(java.util.function.BooleanSupplier event, String what) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!event.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
