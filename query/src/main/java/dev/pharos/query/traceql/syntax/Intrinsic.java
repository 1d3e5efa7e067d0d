package dev.pharos.query.traceql.syntax;

import java.util.List;
import java.util.Optional;

/// A property that every span, trace, event, link or instrumentation scope has, by its names in queries.
public enum Intrinsic {
  DURATION(Type.DURATION, "duration", "span:duration"),
  NAME(Type.STRING, "name", "span:name"),
  STATUS(Type.STATUS, "status", "span:status"),
  STATUS_MESSAGE(Type.STRING, "statusMessage", "span:statusMessage"),
  KIND(Type.KIND, "kind", "span:kind"),
  SPAN_ID(Type.STRING, "span:id"),
  PARENT_ID(Type.STRING, "span:parentID"),
  CHILD_COUNT(Type.INT, "span:childCount"),
  TRACE_DURATION(Type.DURATION, "traceDuration", "trace:duration"),
  ROOT_NAME(Type.STRING, "rootName", "trace:rootName"),
  ROOT_SERVICE(Type.STRING, "rootServiceName", "trace:rootService"),
  TRACE_ID(Type.STRING, "trace:id"),
  NESTED_SET_LEFT(Type.INT, "nestedSetLeft"),
  NESTED_SET_RIGHT(Type.INT, "nestedSetRight"),
  NESTED_SET_PARENT(Type.INT, "nestedSetParent"),
  PARENT(Type.NIL, "parent"),
  EVENT_NAME(Type.STRING, "event:name"),
  EVENT_TIME_SINCE_START(Type.DURATION, "event:timeSinceStart"),
  LINK_TRACE_ID(Type.STRING, "link:traceID"),
  LINK_SPAN_ID(Type.STRING, "link:spanID"),
  INSTRUMENTATION_NAME(Type.STRING, "instrumentation:name"),
  INSTRUMENTATION_VERSION(Type.STRING, "instrumentation:version");

  private final Type type;
  private final List<String> names;

  Intrinsic(Type type, String... names) {
    this.type = type;
    this.names = List.of(names);
  }

  public static Optional<Intrinsic> find(String name) {
    for (Intrinsic intrinsic : values()) {
      if (intrinsic.names.contains(name)) {
        return Optional.of(intrinsic);
      }
    }
    return Optional.empty();
  }

  public Type type() {
    return type;
  }

  /// The name that queries are printed with: the short one where there are two.
  public String word() {
    return names.getFirst();
  }

  /// The scope and its part as search answers and tag lists write it, such as `span:name`.
  public String scopedWord() {
    return names.getLast();
  }
}
