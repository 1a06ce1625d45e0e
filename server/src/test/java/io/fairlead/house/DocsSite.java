package io.fairlead.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The manual as pages that any web server can serve: docs/*.md become HTML beside each other, with
 * the contents of docs/README.md as their navigation. No script, nothing from elsewhere.
 */
final class DocsSite {
  private static final Path DOCS = House.ROOT.resolve("docs");
  private static final List<TablesExtension> EXTENSIONS = List.of(tables());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>@TITLE@ - Fairlead</title>
      <link rel="stylesheet" href="site.css">
      </head>
      <body>
      <a class="skip" href="#content">To the text</a>
      <nav aria-label="Manual"><a class="home" href="index.html">Fairlead</a>
      <ul>
      @NAVIGATION@</ul>
      </nav>
      <main id="content">
      @CONTENT@</main>
      </body>
      </html>
      """;

  /** A page of the manual, by what leads to it. */
  private record Page(String title, Path source) {
    String file() {
      String name = source.getFileName().toString();
      return name.equals("README.md") ? "index.html" : name.replace(".md", ".html");
    }
  }

  private final Path site;

  private DocsSite(Path site) {
    this.site = site;
  }

  private static TablesExtension tables() {
    return (TablesExtension) TablesExtension.create();
  }

  /** Writes the site into a folder. */
  static void build(Path site) throws IOException {
    Files.createDirectories(site);
    new DocsSite(site).build();
  }

  private void build() throws IOException {
    Files.copy(
        DOCS.resolve("site.css"), site.resolve("site.css"), StandardCopyOption.REPLACE_EXISTING);
    List<Page> pages = contents();
    for (Page page : pages) {
      Files.writeString(site.resolve(page.file()), html(page, pages));
    }
  }

  /** Every page that docs/README.md leads to, in its order. */
  private static List<Page> contents() throws IOException {
    var pages = new ArrayList<>(List.of(new Page("The manual", DOCS.resolve("README.md"))));
    PARSER
        .parse(Files.readString(DOCS.resolve("README.md")))
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Link link) {
                if (link.getDestination().endsWith(".md")) {
                  pages.add(new Page(text(link), DOCS.resolve(link.getDestination())));
                }
              }
            });
    return pages;
  }

  private String html(Page page, List<Page> pages) throws IOException {
    Node document = PARSER.parse(Files.readString(page.source()));
    Map<Node, String> anchors = anchors(document);
    List<Path> wanted = redirect(document);
    for (Path file : wanted) {
      Path copy = site.resolve(DOCS.relativize(file).toString().replace("../", ""));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(false)
            .attributeProviderFactory(
                _ ->
                    (node, _, attributes) -> {
                      String anchor = anchors.get(node);
                      if (anchor != null) {
                        attributes.put("id", anchor);
                      }
                    })
            .build();
    var navigation = new StringBuilder();
    for (Page other : pages) {
      String here = other.equals(page) ? " aria-current=\"page\"" : "";
      navigation.append(
          "<li><a href=\"%s\"%s>%s</a></li>%n".formatted(other.file(), here, other.title()));
    }
    return PAGE.replace("@TITLE@", page.title())
        .replace("@NAVIGATION@", navigation)
        .replace("@CONTENT@", renderer.render(document));
  }

  /** As those who show the same text elsewhere make them: small letters, hyphens, and no more. */
  static Map<Node, String> anchors(Node document) {
    var anchors = new HashMap<Node, String>();
    var times = new HashMap<String, Integer>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            String name =
                NOT_IN_ANCHORS
                    .matcher(text(heading).toLowerCase(Locale.ROOT))
                    .replaceAll("")
                    .replace(' ', '-');
            int before = times.merge(name, 1, Integer::sum) - 1;
            anchors.put(heading, before == 0 ? name : name + "-" + before);
          }
        });
    return anchors;
  }

  private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N} _-]");

  /** Lets links lead to pages of the site; those to folders of the tree become text. */
  private static List<Path> redirect(Node document) {
    var files = new ArrayList<Path>();
    var dropped = new ArrayList<Link>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            String to = link.getDestination();
            Path target = DOCS.resolve(to.replaceAll("#.*", "")).normalize();
            if (to.contains(":") || to.startsWith("#")) {
              return;
            }
            if (target.startsWith(DOCS) && target.toString().endsWith(".md")) {
              link.setDestination(
                  to.replaceFirst("^README\\.md", "index.html").replaceFirst("\\.md", ".html"));
            } else if (Files.isRegularFile(target)) {
              link.setDestination(to.replace("../", ""));
              files.add(target);
            } else {
              dropped.add(link);
            }
          }

          @Override
          public void visit(Image image) {
            files.add(DOCS.resolve(image.getDestination()).normalize());
          }
        });
    dropped.forEach(DocsSite::leaveText);
    return files;
  }

  private static void leaveText(Link link) {
    while (link.getFirstChild() != null) {
      link.insertBefore(link.getFirstChild());
    }
    link.unlink();
  }

  private static String text(Node node) {
    var text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            text.append(part.getLiteral());
          }
        });
    return text.toString();
  }
}
