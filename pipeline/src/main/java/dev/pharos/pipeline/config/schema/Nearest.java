package dev.pharos.pipeline.config.schema;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds the known word that a mistyped one most likely stands for.
public final class Nearest {
  private Nearest() {}

  /// The word of `known` closest to `typed` by edit distance (a swap of neighbours counts one), if any is close.
  public static Optional<String> of(String typed, Collection<String> known) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    int limit = wanted.length() <= 3 ? 1 : Math.max(2, wanted.length() / 3);
    Optional<String> best = Optional.empty();
    for (String candidate : known) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
      if (distance <= limit && distance < Math.max(wanted.length(), candidate.length())) {
        limit = distance - 1;
        best = Optional.of(candidate);
      }
    }
    return best;
  }

  /// `; did you mean "x"?`, or nothing if no known word is close.
  public static String hint(String typed, Collection<String> known) {
    return of(typed, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
  }

  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
