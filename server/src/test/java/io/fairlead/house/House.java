package io.fairlead.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The tree as it lies there: its sources, its documents, its compiled classes. */
final class House {
  /** The folder of the whole reactor: the first one upwards that has the launcher. */
  static final Path ROOT = findRoot();

  /** Every class of every module but the tests; read once. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.fairlead");

  private House() {}

  private static Path findRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("fairlead")) || !Files.exists(folder.resolve("docs"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException(
            "not inside the source tree: " + Path.of("").toAbsolutePath());
      }
    }
    return folder;
  }

  /** Sources of all modules, main and test, relative to {@link #ROOT}, sorted. */
  static List<Path> javaFiles() {
    return files(".java");
  }

  /**
   * Files of the tree by the end of their names; what a build or a run leaves behind is not of it.
   */
  static List<Path> files(String end) {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .filter(entry -> !entry.getFileName().toString().equals(".git"))
          .flatMap(House::walk)
          .map(ROOT::relativize)
          .filter(file -> file.toString().endsWith(end))
          .filter(file -> !file.toString().contains("/target/") && !file.startsWith("var"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> walk(Path start) {
    try (Stream<Path> files = Files.walk(start)) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isTest(Path file) {
    return file.toString().contains("/src/test/");
  }

  /** A file's text; its path is relative to {@link #ROOT}. */
  static String read(Path file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
