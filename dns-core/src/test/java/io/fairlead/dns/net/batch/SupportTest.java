package io.fairlead.dns.net.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Asked in a process of its own, because a JVM is told once what it may. */
@EnabledOnOs(OS.LINUX)
final class SupportTest {
  /** What that process runs. */
  static final class Asks {
    private Asks() {}

    public static void main(String[] arguments) {
      System.out.print(Support.whyNot());
    }
  }

  @Test
  void linuxWithNativeAccessHasIt() throws Exception {
    assertThat(whyNot("--enable-native-access=ALL-UNNAMED")).isEmpty();
  }

  @Test
  void refusedNativeAccessIsSaidWithTheOptionThatGrantsIt() throws Exception {
    String expected =
        "native access is not enabled; the JVM's option is --enable-native-access=ALL-UNNAMED";
    assertThat(whyNot()).isEqualTo(expected);
    assertThat(whyNot("--illegal-native-access=deny")).isEqualTo(expected);
  }

  @Test
  void anotherMachineIsSaidSo() throws Exception {
    assertThat(whyNot("-Dos.arch=riscv64"))
        .isEqualTo("it is for Linux on x86-64 and 64-bit ARM; this is Linux on riscv64");
  }

  private static String whyNot(String... options) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Asks.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
