package io.fairlead.server.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * One document on disk that is either whole or not there, and the one before it.
 *
 * <p>The first line names the format, and the SHA-256 of the rest: a file that was cut, or in which
 * a bit has turned, is recognised and passed over.
 */
public final class StateFile {
  private static final String FORMAT = "fairlead-state 1 ";

  private final Path directory;

  /** What this process wrote is whole; what it found at start may not be. */
  private boolean newestIsOurs;

  /**
   * @param directory is created at the first {@link #write}
   */
  public StateFile(Path directory) {
    this.directory = directory;
  }

  public Path directory() {
    return directory;
  }

  private Path newest() {
    return directory.resolve("state.json");
  }

  private Path previous() {
    return directory.resolve("state.previous.json");
  }

  /**
   * Puts a document in place of the newest one, which becomes the previous one: written aside,
   * forced to disk, renamed, and the folder forced too. After a crash at any point one of the two
   * is whole; so a newest one that is damaged is written over, and the good previous one stays.
   */
  public void write(String document) throws IOException {
    Files.createDirectories(directory);
    Path aside = directory.resolve("state.json.tmp");
    byte[] body = document.getBytes(StandardCharsets.UTF_8);
    try (FileChannel file =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeAll(file, (FORMAT + sha256(body) + "\n").getBytes(StandardCharsets.US_ASCII));
      writeAll(file, body);
      file.force(true);
    }
    if (newestIsOurs || isWhole(newest())) {
      move(newest(), previous());
    }
    move(aside, newest());
    newestIsOurs = true;
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static boolean isWhole(Path file) {
    try {
      whole(Files.readAllBytes(file));
      return true;
    } catch (IOException | IllegalArgumentException _) {
      // Said already when it was read, at start; here it only decides what may be lost.
      return false;
    }
  }

  private static void writeAll(FileChannel file, byte[] octets) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(octets);
    while (left.hasRemaining()) {
      file.write(left);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * What can be read, newest first.
   *
   * @param documents at most two
   * @param passedOver why a file that is there was not taken
   */
  public record Found(List<String> documents, List<String> passedOver) {}

  public Found read() {
    var documents = new ArrayList<String>();
    var passedOver = new ArrayList<String>();
    for (Path file : List.of(newest(), previous())) {
      try {
        documents.add(whole(Files.readAllBytes(file)));
      } catch (NoSuchFileException _) {
        // Not an error: there is none before the first write, and no previous one before the
        // second.
      } catch (IOException | IllegalArgumentException e) {
        passedOver.add(file + ": " + e.getMessage());
      }
    }
    return new Found(documents, passedOver);
  }

  private static String whole(byte[] octets) {
    int lineEnd = 0;
    while (lineEnd < octets.length && octets[lineEnd] != '\n') {
      lineEnd++;
    }
    String line = new String(octets, 0, lineEnd, StandardCharsets.ISO_8859_1);
    if (lineEnd == octets.length || !line.startsWith(FORMAT)) {
      throw new IllegalArgumentException("not a state file of this version");
    }
    byte[] body = Arrays.copyOfRange(octets, lineEnd + 1, octets.length);
    if (!line.substring(FORMAT.length()).equals(sha256(body))) {
      throw new IllegalArgumentException("cut or damaged, its checksum does not match");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
