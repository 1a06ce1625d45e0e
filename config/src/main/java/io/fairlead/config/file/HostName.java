package io.fairlead.config.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine as its kernel has it. */
final class HostName {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /** Asks the kernel, never the DNS: a DNS server must start while there is none. */
  static String ofThisMachine() {
    try {
      return Files.readString(LINUX).strip();
    } catch (IOException _) {
      String name = System.getenv("COMPUTERNAME"); // Windows
      return name != null ? name : "fairlead";
    }
  }
}
