package io.fairlead.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The manual as a site, left in server/target/site: everything in it leads somewhere. */
final class DocsSiteTest {
  private static final Path SITE = House.ROOT.resolve("server/target/site");
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");

  @BeforeAll
  static void build() throws IOException {
    DocsSite.build(SITE);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(SITE)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
  }

  private static String read(Path file) {
    return House.read(House.ROOT.relativize(file));
  }

  private static Set<String> found(Pattern pattern, Path page) {
    return pattern
        .matcher(read(page))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyDocumentHasItsPage() throws IOException {
    Set<String> documents =
        House.files(".md").stream()
            .filter(file -> file.getParent() != null && file.getParent().endsWith("docs"))
            .map(file -> file.getFileName().toString().replace(".md", ".html"))
            .map(name -> name.replace("README", "index"))
            .collect(Collectors.toSet());

    assertThat(pages().stream().map(page -> page.getFileName().toString()))
        .as("docs/README.md names each document")
        .containsAll(documents);
  }

  @Test
  void everyLinkAndAnchorLeadsSomewhere() throws IOException {
    var broken = new TreeSet<String>();
    for (Path page : pages()) {
      for (String link : found(LINK, page)) {
        if (!link.contains(":") && !leadsSomewhere(page, link)) {
          broken.add(page.getFileName() + " -> " + link);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    return Files.isRegularFile(target)
        && (parts.length == 1 || found(ID, target).contains(parts[1]));
  }

  @Test
  void noPageLoadsAnythingFromElsewhereOrRunsAnything() throws IOException {
    for (Path page : pages()) {
      assertThat(read(page))
          .as("%s", page)
          .doesNotContain("<script", "src=\"http", "@import", "<iframe")
          .contains("<main id=\"content\">");
    }
    assertThat(read(SITE.resolve("site.css"))).doesNotContain("url(", "@import");
  }

  @Test
  void tablesCodeAndTheNavigationAreThere() {
    String page = read(SITE.resolve("failure-modes.html"));

    assertThat(page)
        .contains("<table>", "<h1 id=\"failure-modes\">", "aria-current=\"page\"")
        .contains("<a href=\"quick-start.html\">Quick start</a>");
  }
}
