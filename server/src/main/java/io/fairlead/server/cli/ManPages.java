package io.fairlead.server.cli;

import io.fairlead.server.Release;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual's pages (man(7)) from the same model that prints {@code --help}: a page for the
 * command and one for each below it.
 */
final class ManPages {
  private ManPages() {}

  /** Each page by its file name, such as {@code fairlead-check.1}. */
  static Map<String, String> of(CommandLine root) {
    var pages = new LinkedHashMap<String, String>();
    add(root, pages);
    return pages;
  }

  private static void add(CommandLine command, Map<String, String> pages) {
    CommandSpec spec = command.getCommandSpec();
    pages.put(name(spec) + ".1", page(command));
    command.getSubcommands().values().stream()
        .filter(below -> !below.getCommandSpec().usageMessage().hidden())
        .filter(below -> !below.getCommandName().equals("help"))
        .forEach(below -> add(below, pages));
  }

  private static String name(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  private static String page(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String[] description = spec.usageMessage().description();
    var page = new StringBuilder();
    page.append(".TH %s 1 \"\" \"fairlead %s\"\n".formatted(quoted(name(spec)), Release.version()));
    page.append(".SH NAME\n%s \\- %s\n".formatted(escaped(name(spec)), first(description)));
    page.append(".SH SYNOPSIS\n.nf\n%s.fi\n".formatted(escaped(synopsis(command))));
    page.append(".SH DESCRIPTION\n");
    for (String line : description) {
      page.append(escaped(plain(line))).append("\n.PP\n");
    }
    arguments(spec, page);
    commands(command, page);
    exitCodes(spec, page);
    return page.toString();
  }

  /** The one line that whatis shows: up to the first stop. */
  private static String first(String[] description) {
    String line = description.length == 0 ? "" : plain(description[0]);
    int stop = line.indexOf('.');
    return escaped(stop < 0 ? line : line.substring(0, stop));
  }

  private static String synopsis(CommandLine command) {
    return command.getHelp().fullSynopsis().replaceAll("\\R", "\n");
  }

  private static void arguments(CommandSpec spec, StringBuilder page) {
    if (spec.positionalParameters().isEmpty() && spec.options().isEmpty()) {
      return;
    }
    page.append(".SH OPTIONS\n");
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      entry(parameter.paramLabel(), parameter, page);
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        entry(String.join(", ", option.names()) + label, option, page);
      }
    }
  }

  private static void entry(String term, ArgSpec argument, StringBuilder page) {
    String words =
        Arrays.stream(argument.description()).map(ManPages::plain).collect(Collectors.joining(" "));
    page.append(".TP\n\\fB%s\\fR\n%s\n".formatted(escaped(term), escaped(words)));
  }

  private static void commands(CommandLine command, StringBuilder page) {
    var below =
        command.getSubcommands().values().stream()
            .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
            .toList();
    if (!below.isEmpty()) {
      page.append(".SH COMMANDS\n");
      for (CommandLine sub : below) {
        page.append(
            ".TP\n\\fB%s\\fR\n%s\n"
                .formatted(
                    escaped(sub.getCommandName()),
                    first(sub.getCommandSpec().usageMessage().description())));
      }
    }
  }

  private static void exitCodes(CommandSpec spec, StringBuilder page) {
    page.append(".SH EXIT STATUS\n");
    Map.of(
            0,
            "done",
            ExitCode.NOT_SERVED,
            "explain: the name is not served",
            ExitCode.MOVES_TOO_MANY,
            "plan: more clients would move than allowed",
            ExitCode.USAGE,
            "wrong usage",
            ExitCode.UNAVAILABLE,
            "the server cannot be reached",
            ExitCode.CANNOT_BIND,
            "an address cannot be bound",
            ExitCode.NOT_NOW,
            "it cannot be done now",
            ExitCode.INVALID,
            "the configuration is not valid")
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            code -> page.append(".TP\n\\fB%d\\fR\n%s\n".formatted(code.getKey(), code.getValue())));
    String parent = spec.parent() == null ? "" : "\n.SH SEE ALSO\n\\fBfairlead\\fR(1)";
    page.append(parent.isEmpty() ? "" : parent.strip() + "\n");
  }

  private static String plain(String markup) {
    return Ansi.OFF.string(markup).replace("%%", "%");
  }

  private static String quoted(String text) {
    return '"' + text.toUpperCase(Locale.ROOT) + '"';
  }

  /** A backslash is said as one, a minus stays a minus, no line begins with a request. */
  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1");
  }
}
