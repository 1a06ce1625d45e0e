package io.fairlead.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.fairlead.dns.choice.Chooser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom; the table stands in ARCHITECTURE.md. */
final class ImportTableTest {
  private static final ImportTable TABLE = ImportTable.ofDocument();

  static List<ImportTable.Row> modules() {
    return TABLE.rows();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void moduleKnowsOnlyWhatTheTableAllows(ImportTable.Row module) {
    assertThat(TABLE.violations(module, House.CLASSES))
        .as(
            "%s must not know these. Move the code to where it may, or put an interface of %s's own"
                + " in between; or change the table in ARCHITECTURE.md, with the reason",
            module, module)
        .isEmpty();
  }

  @Test
  void everyClassBelongsToARow() {
    assertThat(House.CLASSES)
        .as("a package outside of the table's modules")
        .allMatch(
            type ->
                modules().stream().anyMatch(row -> type.getPackageName().startsWith(row.root())));
  }

  @Test
  void packagesFormNoCycle() {
    slices()
        .matching("io.fairlead.(**)")
        .should()
        .beFreeOfCycles()
        .because("two packages that need each other are one; move what both need below them")
        .check(House.CLASSES);
  }

  /** A rule that nothing can break holds nothing: this very class, as if it were dns-core's. */
  @Test
  void aForeignImportIsSeen() {
    var own = new ClassFileImporter().importClasses(ImportTableTest.class, Chooser.class);
    var row = new ImportTable.Row("house", "io.fairlead.house", List.of(), List.of());

    assertThat(TABLE.violations(row, own))
        .anyMatch(text -> text.contains("org.assertj"))
        .noneMatch(text -> text.contains("calls method <java."));
  }
}
