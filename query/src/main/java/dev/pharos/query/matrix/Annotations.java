package dev.pharos.query.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a query has to say beside its result: warnings and infos, each text once, in the order they came.
///
/// The place in the query (`line:column`) is that of the first occurrence. Any thread.
public final class Annotations {
  private final Map<String, String> warnings = new LinkedHashMap<>();
  private final Map<String, String> infos = new LinkedHashMap<>();

  /// @param text without prefix and place
  /// @param place `line:column`, or empty
  public synchronized void warn(String text, String place) {
    warnings.putIfAbsent(text, place);
  }

  /// @param text without prefix and place
  /// @param place `line:column`, or empty
  public synchronized void inform(String text, String place) {
    infos.putIfAbsent(text, place);
  }

  /// The warnings with the prefix of the language, `PromQL warning: `.
  public synchronized List<String> warnings(String prefix) {
    return render(warnings, prefix);
  }

  /// The infos with the prefix of the language, `PromQL info: `.
  public synchronized List<String> infos(String prefix) {
    return render(infos, prefix);
  }

  private static List<String> render(Map<String, String> texts, String prefix) {
    List<String> rendered = new ArrayList<>(texts.size());
    texts.forEach(
        (text, place) -> rendered.add(prefix + text + (place.isEmpty() ? "" : " (" + place + ")")));
    return rendered;
  }
}
