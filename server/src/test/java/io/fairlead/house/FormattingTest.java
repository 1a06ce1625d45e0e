package io.fairlead.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** One formatter for all sources, so that a change shows only what it changes. */
final class FormattingTest {
  private static final boolean APPLY = "apply".equals(System.getProperty("format"));

  @Test
  void everySourceIsAsTheFormatterWritesIt() {
    var arguments = new ArrayList<>(List.of(APPLY ? "--replace" : "--dry-run"));
    House.javaFiles().forEach(file -> arguments.add(House.ROOT.resolve(file).toString()));

    var out = new StringWriter();
    var errors = new StringWriter();
    int exit = run(arguments, out, errors);

    assertThat(errors.toString()).as("what the formatter could not read").isEmpty();
    assertThat(exit).isZero();
    assertThat(
            out.toString().lines().map(file -> House.ROOT.relativize(java.nio.file.Path.of(file))))
        .as(
            "Not formatted. Rewrite them all with: mvn -q -pl server -am test -Dtest=FormattingTest"
                + " -Dformat=apply -Dsurefire.failIfNoSpecifiedTests=false")
        .isEmpty();
  }

  private static int run(List<String> arguments, StringWriter out, StringWriter errors) {
    ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
    return formatter.run(
        new PrintWriter(out, true),
        new PrintWriter(errors, true),
        arguments.toArray(String[]::new));
  }
}
