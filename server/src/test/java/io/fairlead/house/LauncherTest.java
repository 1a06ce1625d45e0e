package io.fairlead.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./fairlead}, the script, in trees of its own; each has a Main that prints what it got. */
final class LauncherTest {
  private static final String MAIN =
      """
      package io.fairlead.server.cli;
      class Main {
        public static void main(String[] args) {
          for (String arg : args) { System.out.println("[" + arg + "]"); }
          System.exit(args.length == 1 && !args[0].equals("rehearse") ? 42 : 0);
        }
      }
      """;

  /** A Maven that leaves a trace of each run and "builds" what the test put into built/. */
  private static final String MVN =
      """
      #!/bin/sh
      echo run >>"$TREE/builds"
      [ ! -e "$TREE/broken" ] || { echo "Main.java:7: what is this"; exit 1; }
      mkdir -p "$TREE/server/target/fairlead/lib"
      cp "$TREE"/built/*.jar "$TREE/server/target/fairlead/lib/"
      """;

  private record Run(int exit, List<String> out, List<String> errors) {}

  @TempDir private Path tree;
  private Path launcher;

  @BeforeEach
  void plantATree() throws IOException {
    launcher = tree.resolve("fairlead");
    Files.copy(House.ROOT.resolve("fairlead"), launcher);
    Files.writeString(tree.resolve("pom.xml"), "<project/>");
    for (String folder : List.of("built", "bin", "server/src/main/java", "elsewhere")) {
      Files.createDirectories(tree.resolve(folder));
    }
    Path source = Files.writeString(tree.resolve("built/Main.java"), MAIN);
    tool("javac", "-d", tree.resolve("built/classes"), source);
    tool("jar", "cf", tree.resolve("built/server-1.jar"), "-C", tree.resolve("built/classes"), ".");
    Path mvn = Files.writeString(tree.resolve("bin/mvn"), MVN);
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void argumentsAndExitCodePassUntouched() throws Exception {
    assertThat(run("two words", "*", "", "$HOME", "a\"b'c").out())
        .containsExactly("[two words]", "[*]", "[]", "[$HOME]", "[a\"b'c]");
    assertThat(run("one").exit()).isEqualTo(42);
  }

  @Test
  void runsThroughASymbolicLinkFromAnyFolder() throws Exception {
    launcher = Files.createSymbolicLink(tree.resolve("elsewhere/fl"), Path.of("../fairlead"));

    assertThat(run("x", "y").out()).containsExactly("[x]", "[y]");
  }

  @Test
  void buildsOnceAndSaysSo() throws Exception {
    assertThat(run().errors()).singleElement().asString().contains("building");
    assertThat(run().errors()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
    Path sources = tree.resolve("server/src/main/java");
    Path source = Files.writeString(sources.resolve("A.java"), "");
    run();

    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    run();
    assertThat(builds()).as("after an edit").isEqualTo(2);

    Files.delete(source);
    Files.setLastModifiedTime(sources, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    run();
    assertThat(builds()).as("after a removal, which is an edit of the folder").isEqualTo(3);
  }

  @Test
  void aFailedBuildShowsWhatMavenSaidAndIsTriedAgain() throws Exception {
    Path broken = Files.createFile(tree.resolve("broken"));

    Run failed = run("x");
    assertThat(failed.exit()).isEqualTo(70);
    assertThat(failed.errors()).contains("Main.java:7: what is this");

    Files.delete(broken);
    assertThat(run("x", "y").out()).containsExactly("[x]", "[y]");
  }

  @Test
  void anInstalledCopyHasItsJarsBesideItAndNeverBuilds() throws Exception {
    Files.createDirectories(tree.resolve("lib"));
    Files.copy(tree.resolve("built/server-1.jar"), tree.resolve("lib/server-1.jar"));

    assertThat(run("x", "y").out()).containsExactly("[x]", "[y]");
    assertThat(builds()).isZero();
  }

  @Test
  void aBuildLeavesACacheForTheNextStartAndOneThatDoesNotFitIsPassedOver() throws Exception {
    run("x");
    Path cache = tree.resolve("server/target/fairlead/fairlead.aot");
    assertThat(cache).isNotEmptyFile();
    assertThat(run("x", "y").out()).containsExactly("[x]", "[y]");

    Files.writeString(cache, "no cache at all");
    Run run = run("x", "y");
    assertThat(run.out()).containsExactly("[x]", "[y]");
    assertThat(run.errors()).isEmpty();
  }

  @Test
  void aRehearsalThatFailsLeavesNoCacheAndIsNoFault() throws Exception {
    Path source = tree.resolve("built/Main.java");
    Files.writeString(source, MAIN.replace("&& !args[0].equals(\"rehearse\")", ""));
    tool("javac", "-d", tree.resolve("built/classes"), source);
    tool("jar", "cf", tree.resolve("built/server-1.jar"), "-C", tree.resolve("built/classes"), ".");

    assertThat(run("x", "y").out()).containsExactly("[x]", "[y]");
    assertThat(tree.resolve("server/target/fairlead")).isDirectoryNotContaining("glob:**.aot*");
  }

  @Test
  void withoutTheRightJdkItSaysInOneLineWhatToInstall() throws Exception {
    String script = Files.readString(launcher);
    Files.writeString(launcher, script.replace("RELEASE=25", "RELEASE=99"));

    Run run = run("x");
    assertThat(run.exit()).isEqualTo(69);
    assertThat(run.errors()).singleElement().asString().contains("needs a JDK 99: install one");
  }

  private long builds() throws IOException {
    Path trace = tree.resolve("builds");
    return Files.exists(trace) ? Files.readAllLines(trace).size() : 0;
  }

  private Run run(String... arguments) throws IOException, InterruptedException {
    Path out = tree.resolve("out");
    Path errors = tree.resolve("errors");
    var command = Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toList();
    var builder = new ProcessBuilder(command).directory(tree.resolve("elsewhere").toFile());
    builder.redirectOutput(out.toFile()).redirectError(errors.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "TREE", tree.toString(),
                "JAVA_HOME", System.getProperty("java.home"),
                "PATH", tree.resolve("bin") + ":" + System.getenv("PATH")));
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended within a minute").isTrue();
    return new Run(process.exitValue(), Files.readAllLines(out), Files.readAllLines(errors));
  }

  private static void tool(String name, Object... arguments) {
    String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    int exit = ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, words);
    assertThat(exit).as("%s %s", name, List.of(words)).isZero();
  }
}
