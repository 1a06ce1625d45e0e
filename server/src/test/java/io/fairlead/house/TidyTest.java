package io.fairlead.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be seen in the text of the sources without understanding it. */
final class TidyTest {
  /** Over this, a file holds two things, and there is a seam to cut along. */
  private static final int MAX_LINES = 450;

  /** Bracketed letters keep this file from finding itself. */
  private static final Pattern LEFT_BEHIND = Pattern.compile("\\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\\b");

  private static final Pattern SLEEPS_OR_SKIPS =
      Pattern.compile("Thread\\.s[l]eep|TimeUnit\\.\\w+\\.s[l]eep|@D[i]sabled\\b");

  private static final Pattern PACKAGE_INFO =
      Pattern.compile("(?s)/\\*\\*\\s.+\\*/\n@NullMarked\npackage .*");

  private static final Pattern ASSERTS =
      Pattern.compile("\\b(assert\\w*|verify\\w*|expect\\w*|fail)\\(");

  private static final Pattern CATCHES_ALL =
      Pattern.compile("catch \\((?:final )?(?:[\\w.]+ \\| )*(?:Throwable|Error)\\b");

  /**
   * Who may catch Throwable: the edges of event loops, where the only other end is a dead thread.
   * Each tells what it caught. And the calls of C functions, whose handles declare it and throw
   * nothing.
   */
  private static final Set<String> EDGES =
      Set.of("ControlLoop.java", "GuardedHandler.java", "BatchThread.java", "SystemCalls.java");

  @Test
  void everyPackageSaysWhatItIs() {
    List<Path> packages =
        main()
            .map(Path::getParent)
            .distinct()
            .map(folder -> folder.resolve("package-info.java"))
            .toList();

    assertThat(main()).as("each package needs a package-info.java").containsAll(packages);
    assertThat(packages.stream().filter(file -> !PACKAGE_INFO.matcher(House.read(file)).matches()))
        .as("says in a line which step of the journey it is, and is @NullMarked")
        .isEmpty();
  }

  @Test
  void noFileHoldsTwoThings() {
    assertThat(
            House.javaFiles().stream().filter(file -> House.read(file).lines().count() > MAX_LINES))
        .as("cut these along a seam: over %d lines", MAX_LINES)
        .isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(House.javaFiles().stream().filter(contains(LEFT_BEHIND)))
        .as("finish it, or say it in an issue")
        .isEmpty();
  }

  @Test
  void testsWaitForEventsAndAllOfThemRun() {
    assertThat(tests().filter(contains(SLEEPS_OR_SKIPS)))
        .as(
            "wait for the event with a deadline, or let a fake clock move; and do not switch tests"
                + " off")
        .isEmpty();
  }

  @Test
  void everyTestClassCanFail() {
    assertThat(
            tests()
                .filter(file -> file.toString().endsWith("Test.java"))
                .filter(contains(ASSERTS).negate()))
        .as("these assert nothing")
        .isEmpty();
  }

  @Test
  void onlyEdgesOfEventLoopsCatchEverything() {
    assertThat(main().filter(contains(CATCHES_ALL)).map(file -> file.getFileName().toString()))
        .as("catch what you can handle; a new edge of an event loop is listed here")
        .isSubsetOf(EDGES);
  }

  private static Stream<Path> main() {
    return House.javaFiles().stream().filter(file -> !House.isTest(file));
  }

  private static Stream<Path> tests() {
    return House.javaFiles().stream().filter(House::isTest);
  }

  private static Predicate<Path> contains(Pattern pattern) {
    return file -> pattern.matcher(House.read(file)).find();
  }
}
