package dev.pharos.pipeline.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/// Collects what is wrong in a configuration, so that all of it is told at once. One thread.
public final class Problems {
  private final LinkedHashSet<Problem> all = new LinkedHashSet<>();

  /// Notes that the configuration must be refused.
  public void error(Position position, String path, String message) {
    all.add(new Problem(Problem.Severity.ERROR, position, path, message));
  }

  /// Notes something the user should know of.
  public void warn(Position position, String path, String message) {
    all.add(new Problem(Problem.Severity.WARNING, position, path, message));
  }

  public List<Problem> errors() {
    return of(Problem.Severity.ERROR);
  }

  public List<Problem> warnings() {
    return of(Problem.Severity.WARNING);
  }

  public boolean hasErrors() {
    return errorCount() > 0;
  }

  public int errorCount() {
    return (int)
        all.stream().filter(problem -> problem.severity() == Problem.Severity.ERROR).count();
  }

  /// Throws all errors, if there are any.
  ///
  /// @throws ConfigException with every error found so far
  public void throwIfErrors() {
    if (hasErrors()) {
      throw new ConfigException(errors(), warnings());
    }
  }

  /// In the order of the sources, and inside a source from top to bottom.
  private List<Problem> of(Problem.Severity severity) {
    List<Problem> found = new ArrayList<>();
    List<String> files = all.stream().map(problem -> problem.position().file()).distinct().toList();
    for (Problem problem : all) {
      if (problem.severity() == severity) {
        found.add(problem);
      }
    }
    found.sort(
        Comparator.<Problem>comparingInt(problem -> files.indexOf(problem.position().file()))
            .thenComparingInt(problem -> problem.position().line())
            .thenComparingInt(problem -> problem.position().column()));
    return List.copyOf(found);
  }
}
