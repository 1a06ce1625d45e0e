package io.fairlead.server.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/**
 * The commands below {@code fairlead}, in the order of the help.
 *
 * <p>picocli reads a command by reflection, and all of them would take longer than most of them
 * run: where one alone is asked for, it alone is built. Class literals and no method references:
 * the JDK's writer of the AOT cache (25.0.3) breaks on references to constructors of these.
 */
final class Commands {
  private static final Map<String, Class<?>> ALL = all();

  /** They speak of all the others. */
  private static final Set<String> ABOUT_ALL =
      Set.of("generate-man", "generate-completion", "help");

  private Commands() {}

  private static Map<String, Class<?>> all() {
    var all = new LinkedHashMap<String, Class<?>>();
    all.put("demo", DemoCommand.class);
    all.put("serve", ServeCommand.class);
    all.put("agent", AgentCommand.class);
    all.put("check", CheckCommand.class);
    all.put("explain", ExplainCommand.class);
    all.put("probe", ProbeCommand.class);
    all.put("status", StatusCommand.class);
    all.put("clusters", ClustersCommand.class);
    all.put("why", WhyCommand.class);
    all.put("import-amko", ImportAmkoCommand.class);
    all.put("import-gdnsd", ImportGdnsdCommand.class);
    all.put("import-bind-zone", ImportBindZoneCommand.class);
    all.put("compare", CompareCommand.class);
    all.put("plan", PlanCommand.class);
    all.put("versions", VersionsCommand.class);
    all.put("diff", DiffCommand.class);
    all.put("rollback", RollbackCommand.class);
    all.put("unpin", UnpinCommand.class);
    all.put("member", MemberCommand.class);
    all.put("site", SiteCommand.class);
    all.put("federation", FederationCommand.class);
    all.put("guard", GuardCommand.class);
    all.put("schema", SchemaCommand.class);
    all.put("generate-man", ManCommand.class);
    all.put("generate-completion", AutoComplete.GenerateCompletion.class);
    all.put("help", HelpCommand.class);
    all.put("rehearse", RehearseCommand.class);
    return Collections.unmodifiableMap(all);
  }

  /** The command that was asked for, or all, where the first argument names none of its own. */
  static CommandLine under(Object root, String... arguments) {
    var line = new CommandLine(root);
    String first = arguments.length == 0 ? "" : arguments[0];
    Class<?> asked = ABOUT_ALL.contains(first) ? null : ALL.get(first);
    if (asked != null) {
      return line.addSubcommand(asked);
    }
    ALL.values().forEach(line::addSubcommand);
    return line;
  }
}
