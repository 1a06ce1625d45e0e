package io.fairlead.server.version;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Versions on disk, {@code versions/7.yaml} of the state directory: a comment in the first line
 * says what it is, the rest is the file as it was accepted, so that any of them can be read, and
 * served, without us. {@code versions/pinned} holds the number of the one that is pinned.
 */
public final class VersionFolder {
  private static final Logger LOG = LoggerFactory.getLogger(VersionFolder.class);

  private static final String MARK = "# fairlead-version ";
  private static final Pattern FILE = Pattern.compile("([1-9][0-9]{0,8})\\.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  /**
   * @param stateDirectory is created at the first write
   */
  public VersionFolder(Path stateDirectory) {
    this.folder = stateDirectory.resolve("versions");
  }

  private Path file(int number) {
    return folder.resolve(number + ".yaml");
  }

  private Path pin() {
    return folder.resolve("pinned");
  }

  /** What is there, the oldest first; a damaged file is passed over, and that is said. */
  List<Version> list() {
    var versions = new ArrayList<Version>();
    for (int number : numbers()) {
      try {
        versions.add(read(number).version());
      } catch (IOException e) {
        LOG.warn("passed over a version: {}: {}", file(number), e.getMessage());
      }
    }
    versions.sort(Comparator.comparingInt(Version::number));
    return versions;
  }

  private List<Integer> numbers() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> FILE.matcher(file.getFileName().toString()))
          .filter(name -> name.matches())
          .map(name -> Integer.valueOf(name.group(1)))
          .toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      LOG.warn("versions cannot be read in {}: {}", folder, e.toString());
      return List.of();
    }
  }

  private record Read(Version version, String text) {}

  private Read read(int number) throws IOException {
    String whole = Files.readString(file(number));
    int lineEnd = whole.indexOf('\n');
    if (!whole.startsWith(MARK) || lineEnd < 0) {
      throw new IOException("its first line does not say which version it is");
    }
    String text = whole.substring(lineEnd + 1);
    Version version = decode(whole.substring(MARK.length(), lineEnd), text);
    if (version.number() != number || !version.sha256().equals(sha256(text))) {
      throw new IOException("cut or changed by hand, its checksum does not match");
    }
    return new Read(version, text);
  }

  /**
   * The text of a version.
   *
   * @throws IOException where it is not there, or damaged
   */
  String text(int number) throws IOException {
    return read(number).text();
  }

  void write(Version version, String text) throws IOException {
    replace(file(version.number()), encode(version) + "\n" + text);
  }

  void remove(int number) throws IOException {
    Files.deleteIfExists(file(number));
  }

  void pin(int number) throws IOException {
    replace(pin(), number + "\n");
  }

  void unpin() throws IOException {
    Files.deleteIfExists(pin());
    force();
  }

  /** The number of the pinned version; empty where none is, or the file says nothing sensible. */
  OptionalInt pinned() {
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(pin()).strip()));
    } catch (NoSuchFileException _) {
      return OptionalInt.empty();
    } catch (IOException | NumberFormatException e) {
      LOG.warn("nothing is pinned: {} cannot be read: {}", pin(), e.toString());
      return OptionalInt.empty();
    }
  }

  /** A pinned version as it was accepted. */
  public record Pinned(int number, String text) {}

  /** The pinned version, where there is one that can be read. */
  public Optional<Pinned> readPinned() {
    OptionalInt number = pinned();
    if (number.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Pinned(number.getAsInt(), text(number.getAsInt())));
    } catch (IOException e) {
      LOG.error("version {} is pinned and cannot be read: {}", number.getAsInt(), e.getMessage());
      return Optional.empty();
    }
  }

  private static String encode(Version version) {
    return MARK
        + JSON.createObjectNode()
            .put("number", version.number())
            .put("at", version.at().toString())
            .put("who", version.occasion().who())
            .put("why", version.occasion().why())
            .put("sha256", version.sha256());
  }

  private static Version decode(String line, String text) throws IOException {
    try {
      JsonNode json = JSON.readTree(line);
      return new Version(
          json.required("number").asInt(),
          Instant.parse(json.required("at").asText()),
          new Occasion(json.required("who").asText(), json.required("why").asText()),
          text.getBytes(StandardCharsets.UTF_8).length,
          json.required("sha256").asText());
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw new IOException("its first line cannot be read: " + e.getMessage(), e);
    }
  }

  /** Written aside, forced, renamed: after a crash the file is the old one or the new one. */
  private void replace(Path file, String content) throws IOException {
    Files.createDirectories(folder);
    Path aside = folder.resolve("aside.tmp");
    try (FileChannel channel =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force();
  }

  private void force() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException _) {
      // nothing was ever written
    }
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
