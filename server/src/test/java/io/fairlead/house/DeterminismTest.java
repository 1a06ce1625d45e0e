package io.fairlead.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Clock and chance come in through {@code Environment} alone, so that a run can be had again. */
final class DeterminismTest {
  private static final String ENVIRONMENT = "io.fairlead.server.Environment";

  /** Full names of what asks the machine for the time or for chance. */
  private static final List<Pattern> ASKS_THE_MACHINE =
      List.of(
          Pattern.compile("java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(\\)"),
          Pattern.compile("java\\.time\\.\\w+\\.now\\((java\\.time\\.ZoneId)?\\)"),
          Pattern.compile("java\\.time\\.(Clock|InstantSource)\\.(system|tick)\\w*\\(.*\\)"),
          Pattern.compile("java\\.lang\\.(Strict)?Math\\.random\\(\\)"),
          Pattern.compile("java\\.util\\.(Split\\w*)?Random\\.<init>\\(\\)"),
          Pattern.compile("java\\.security\\.SecureRandom\\..*"),
          Pattern.compile("java\\.util\\.concurrent\\.ThreadLocalRandom\\.current\\(\\)"),
          Pattern.compile("java\\.util\\.random\\.RandomGenerator\\w*\\.(getDefault|of)\\(.*\\)"),
          Pattern.compile("java\\.util\\.UUID\\.randomUUID\\(\\)"));

  @Test
  void onlyTheEnvironmentAsksTheMachineForTimeAndChance() {
    assertThat(violations(House.CLASSES))
        .as("take an InstantSource or a RandomGenerator as a constructor parameter instead")
        .isEmpty();
  }

  @Test
  void askingIsSeen() {
    assertThat(violations(new ClassFileImporter().importClasses(Impatient.class)))
        .hasSize(3)
        .anyMatch(text -> text.contains("Instant.now"))
        .anyMatch(text -> text.contains("System.nanoTime"))
        .anyMatch(text -> text.contains("java.util.Random.<init>()"));
  }

  private static List<String> violations(JavaClasses classes) {
    return classes.stream()
        .filter(type -> !type.getFullName().startsWith(ENVIRONMENT))
        .flatMap(type -> type.getAccessesFromSelf().stream())
        .filter(access -> asks(access.getTarget()))
        .map(JavaAccess::getDescription)
        .sorted()
        .toList();
  }

  private static boolean asks(AccessTarget target) {
    return ASKS_THE_MACHINE.stream()
        .anyMatch(pattern -> pattern.matcher(target.getFullName()).matches());
  }

  /** All that this rule is about, and a seed, which is none of it. */
  private static final class Impatient implements LongSupplier {
    @Override
    public long getAsLong() {
      long seeded = new Random(7).nextLong();
      return seeded + new Random().nextLong() + System.nanoTime() + Instant.now().toEpochMilli();
    }
  }
}
