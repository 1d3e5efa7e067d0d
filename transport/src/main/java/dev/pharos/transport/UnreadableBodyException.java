package dev.pharos.transport;

/// The content of a request or message could not be had; [#problem] says why.
public final class UnreadableBodyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient BodyProblem problem;

  public UnreadableBodyException(BodyProblem problem) {
    super(problem.message(), null, false, false);
    this.problem = problem;
  }

  public BodyProblem problem() {
    return problem;
  }
}
