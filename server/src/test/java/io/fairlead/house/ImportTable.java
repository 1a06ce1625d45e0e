package io.fairlead.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table "What may know what" of ARCHITECTURE.md: the document is the rule. */
record ImportTable(List<Row> rows) {
  /** What everybody may use. */
  private static final List<String> EVERYWHERE =
      List.of("java", "javax", "org.jspecify.annotations");

  private static final Pattern TICKED = Pattern.compile("`([^`]+)`");

  /**
   * One module.
   *
   * @param root its package
   * @param knows the root packages of the modules that it may know
   * @param libraries what it may use besides
   */
  record Row(String module, String root, List<String> knows, List<Library> libraries) {
    @Override
    public String toString() {
      return module;
    }

    private boolean allows(JavaClass user, String used) {
      return Stream.of(EVERYWHERE, knows, List.of(root))
              .flatMap(List::stream)
              .anyMatch(name -> within(used, name))
          || libraries.stream().anyMatch(library -> library.allows(user, used));
    }
  }

  /**
   * A library's packages.
   *
   * @param user the package that may use them
   */
  record Library(List<String> packages, String user) {
    private boolean allows(JavaClass by, String used) {
      return within(by.getPackageName(), user)
          && packages.stream().anyMatch(name -> within(used, name));
    }
  }

  static ImportTable ofDocument() {
    List<List<String>> lines =
        House.read(Path.of("ARCHITECTURE.md"))
            .lines()
            .dropWhile(line -> !line.startsWith("| module |"))
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
            .toList();
    if (lines.size() < 3) {
      throw new IllegalStateException("ARCHITECTURE.md has lost its table \"What may know what\"");
    }
    List<String> columns = lines.getFirst();
    List<List<String>> cells = lines.subList(2, lines.size());
    return new ImportTable(cells.stream().map(row -> row(row, columns, cells)).toList());
  }

  /** Cells: nothing, module, package, a yes or no for each module, libraries, nothing. */
  private static Row row(List<String> row, List<String> columns, List<List<String>> all) {
    String root = "io.fairlead." + ticked(row.get(2)).getFirst();
    var knows = new ArrayList<String>();
    for (int i = 3; i < columns.size() - 2; i++) {
      String module = columns.get(i);
      if (row.get(i).equals("yes")) {
        all.stream()
            .filter(other -> other.get(1).equals(module))
            .forEach(other -> knows.add("io.fairlead." + ticked(other.get(2)).getFirst()));
      }
    }
    List<Library> libraries =
        Arrays.stream(row.get(columns.size() - 2).split(";"))
            .filter(text -> text.contains("`"))
            .map(text -> library(text, root))
            .toList();
    return new Row(row.get(1), root, knows, libraries);
  }

  /** {@code Netty (`io.netty`) in `dns.net` only}; without a place it is the whole module's. */
  private static Library library(String text, String root) {
    String[] parts = text.split(" in ", 2);
    String user = parts.length == 2 ? "io.fairlead." + ticked(parts[1]).getFirst() : root;
    return new Library(ticked(parts[0]), user);
  }

  private static List<String> ticked(String text) {
    return TICKED.matcher(text).results().map(match -> match.group(1)).toList();
  }

  /** Every use that the module's row does not allow, as text. */
  List<String> violations(Row row, JavaClasses classes) {
    return classes.stream()
        .filter(user -> within(user.getPackageName(), row.root()))
        .flatMap(user -> user.getDirectDependenciesFromSelf().stream())
        .filter(use -> !row.allows(use.getOriginClass(), target(use)))
        .map(Dependency::getDescription)
        .sorted()
        .toList();
  }

  /** The used type's full name; of an array, that of its elements. */
  private static String target(Dependency use) {
    JavaClass target = use.getTargetClass().getBaseComponentType();
    return target.isPrimitive() ? "java.lang" : target.getFullName();
  }

  /** Whether a name is the package itself or something below it. */
  private static boolean within(String name, String packageName) {
    return name.equals(packageName) || name.startsWith(packageName + ".");
  }
}
