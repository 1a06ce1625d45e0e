package io.fairlead.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turn;
import io.fairlead.dns.query.PacketHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a query runs through is plain: ints, octets, arrays. The rule follows the calls from {@code
 * respond} and {@code choose} rather than naming packages, because compilers of zones and names for
 * people live beside the code that answers. Methods {@code explain...} and classes {@code
 * Explanation...} are not followed: they are for a recording choice alone. Allocation itself is
 * measured, by the benchmarks.
 */
final class HotPathTest {
  /** Owners of calls that have no place on the path, with all that lies below them. */
  private static final List<String> NOT_HERE =
      List.of(
          "java.util.stream",
          "java.util.Optional",
          "java.util.Map",
          "java.util.HashMap",
          "java.util.regex",
          "java.util.Formatter",
          "java.util.concurrent.locks",
          "java.util.concurrent.ConcurrentHashMap",
          "java.util.concurrent.CompletableFuture",
          "java.util.logging",
          "java.lang.String",
          "java.lang.System$Logger",
          "org.slf4j");

  /** What is thrown only where the programmer is wrong; a stranger's packet never meets them. */
  private static final List<Class<? extends Throwable>> WE_WERE_WRONG =
      List.of(IllegalArgumentException.class, IllegalStateException.class, MatchException.class);

  private static final Pattern BOXES =
      Pattern.compile(
          "java\\.lang\\.(Integer|Long|Short|Byte|Character|Boolean|Double)\\.valueOf\\(.*");

  private static final Pattern SYNCHRONIZED = Pattern.compile("\\bsynchronized \\(");

  @Test
  void queriesMeetNothingThatWaitsAllocatesOrThrows() {
    assertThat(violations(journey(House.CLASSES)))
        .as(
            "On the query path, reached as shown. Do it when the zone or the service is compiled;"
                + " make the result a value; or, where only a recorded choice wants it, move it to"
                + " a method explain... or a class Explanation...")
        .isEmpty();
  }

  @Test
  void everyForbiddenThingIsSeen() {
    var fixture =
        new ClassFileImporter()
            .importClasses(Chooser.class, PacketHandler.class, Sloppy.class, Helper.class);

    assertThat(violations(journey(fixture)))
        .anyMatch(text -> text.contains("Sloppy.choose > Helper.first: java.util.stream"))
        .anyMatch(text -> text.contains("Helper.locked: synchronized"))
        .anyMatch(text -> text.contains("Helper.throwing: java.io.UncheckedIOException"))
        .anyMatch(text -> text.contains("Helper.boxing: java.lang.Integer.valueOf"))
        .noneMatch(text -> text.contains("toString"))
        .noneMatch(text -> text.contains("explainMore"));
  }

  private static Reach journey(JavaClasses classes) {
    return Reach.from(classes, PacketHandler.class, "respond")
        .and(classes, Chooser.class, "choose");
  }

  private static List<String> violations(Reach reach) {
    return reach.codeUnits().stream()
        .flatMap(unit -> offences(unit).map(offence -> reach.path(unit) + ": " + offence))
        .sorted()
        .toList();
  }

  private static Stream<String> offences(JavaCodeUnit unit) {
    Stream<String> calls =
        unit.getAccessesFromSelf().stream()
            .map(access -> access.getTarget())
            .filter(HotPathTest::isOffence)
            .map(AccessTarget::getFullName);
    boolean locks =
        unit.getModifiers().contains(JavaModifier.SYNCHRONIZED) || synchronizedBlockIn(unit);
    return Stream.concat(calls, locks ? Stream.of("synchronized") : Stream.empty());
  }

  private static boolean isOffence(AccessTarget target) {
    return BOXES.matcher(target.getFullName()).matches()
        || isOfNotHere(target)
        || isThrownAtStrangers(target);
  }

  private static boolean isOfNotHere(AccessTarget target) {
    if (target.getFullName().startsWith("java.lang.String.valueOf(")) {
      return false; // javac's own, in the messages of WE_WERE_WRONG
    }
    String owner = target.getOwner().getFullName();
    return NOT_HERE.stream()
        .anyMatch(name -> (owner + ".").matches(Pattern.quote(name) + "[.$].*"));
  }

  private static boolean isThrownAtStrangers(AccessTarget target) {
    return target instanceof AccessTarget.ConstructorCallTarget
        && target.getOwner().isAssignableTo(Throwable.class)
        && WE_WERE_WRONG.stream().noneMatch(target.getOwner()::isEquivalentTo);
  }

  /** Bytecode readers do not tell of blocks; the source does. */
  private static boolean synchronizedBlockIn(JavaCodeUnit unit) {
    String file = unit.getOwner().getSource().flatMap(source -> source.getFileName()).orElse("");
    return House.javaFiles().stream()
        .filter(path -> !House.isTest(path) && path.endsWith(file))
        .anyMatch(path -> SYNCHRONIZED.matcher(House.read(path)).find());
  }

  /** All that a chooser must not be. */
  private static final class Sloppy implements Chooser {
    @Override
    public void choose(Client client, Liveness liveness, Turn turn, Choice choice) {
      var helper = new Helper();
      choice.take(helper.first(List.of(1)) + helper.locked() + helper.boxing(2).hashCode());
      helper.throwing();
      helper.explainMore();
    }
  }

  private static final class Helper {
    int first(List<Integer> all) {
      return all.stream().mapToInt(Integer::intValue).sum();
    }

    synchronized int locked() {
      return 1;
    }

    Object boxing(int value) {
      return value;
    }

    void throwing() {
      throw new UncheckedIOException(new IOException());
    }

    Object explainMore() {
      return List.of().stream();
    }

    @Override
    public String toString() {
      return String.format("nobody asks for %s", "this");
    }
  }
}
