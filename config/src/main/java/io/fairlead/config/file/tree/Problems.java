package io.fairlead.config.file.tree;

import io.fairlead.config.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects all that is wrong with one file and those that it names; nobody stops at the first. */
public final class Problems {
  /** More than anyone reads at once; a file of garbage must not become a heap of sentences. */
  static final int LIMIT = 1000;

  private final String file;
  private final Comparator<Problem> fileOrder;
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private int errorCount;

  public Problems(String file) {
    this.file = file;
    this.fileOrder =
        Comparator.comparing((Problem problem) -> !problem.file().equals(file))
            .thenComparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column);
  }

  /** Says why the file is refused. */
  public void error(Spot spot, String reason) {
    errorCount++;
    add(errors, spot, reason);
  }

  /** Says something that is no reason to refuse the file. */
  public void warning(Spot spot, String reason) {
    add(warnings, spot, reason);
  }

  private void add(List<Problem> problems, Spot spot, String reason) {
    if (problems.size() < LIMIT) {
      String where = spot.file() == null ? file : spot.file();
      problems.add(new Problem(where, spot.line(), spot.column(), spot.path().toString(), reason));
    }
  }

  /** How many errors so far: who sees it unchanged has read something sound. */
  public int errorCount() {
    return errorCount;
  }

  /** In the file's order, then those of other files. */
  public List<Problem> errors() {
    List<Problem> sorted = inFileOrder(errors);
    if (errorCount > errors.size()) {
      sorted.add(
          new Problem(
              file, 0, 0, "", (errorCount - errors.size()) + " more problems are not shown"));
    }
    return List.copyOf(sorted);
  }

  /** In the file's order. */
  public List<Problem> warnings() {
    return List.copyOf(inFileOrder(warnings));
  }

  private List<Problem> inFileOrder(List<Problem> problems) {
    var sorted = new ArrayList<>(problems);
    sorted.sort(fileOrder);
    return sorted;
  }
}
