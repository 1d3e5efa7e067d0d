package dev.pharos.components.attributes;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One action on attributes. Empty texts mean that a key is not set.
public record ActionConfig(
    Kind kind,
    String key,
    Optional<Object> value,
    String pattern,
    String fromAttribute,
    String fromContext,
    Optional<Object> defaultValue,
    String convertedType) {
  /// What is done.
  public enum Kind {
    INSERT,
    UPDATE,
    UPSERT,
    DELETE,
    HASH,
    EXTRACT,
    CONVERT
  }

  private static final ConfigType<Kind> KIND =
      ConfigTypes.choice(
          List.of(Kind.values()), kind -> kind.name().toLowerCase(Locale.ROOT), true);

  private static final ConfigType<String> CONVERTED =
      ConfigTypes.choice(List.of("", "int", "double", "string"), type -> type, false);

  static final ConfigSchema<ActionConfig> SCHEMA =
      ConfigSchema.<ActionConfig>of(
              keys ->
                  new ActionConfig(
                      keys.field(
                          "action",
                          KIND,
                          "insert",
                          "insert, update, upsert, delete, hash, extract or convert"),
                      keys.text("key", "", "the attribute it is about"),
                      keys.optional("value", ConfigTypes.any(), "the value to set"),
                      keys.text(
                          "pattern",
                          "",
                          "a regular expression: of keys for delete and hash, of the value for extract"),
                      keys.text("from_attribute", "", "the attribute whose value is set"),
                      keys.text(
                          "from_context",
                          "",
                          "what is set of who sent a request: metadata.NAME (a header or call metadata), or client.address"),
                      keys.optional(
                          "default_value",
                          ConfigTypes.any(),
                          "the value to set where from_context gives none"),
                      keys.field(
                          "converted_type", CONVERTED, "", "int, double or string, for convert")))
          .check(ActionConfig::check);

  private static void check(ActionConfig action, Check check) {
    if (!check.has("action")) {
      check.error(
          "action",
          "is missing (expected: one of insert, update, upsert, delete, hash, extract, convert)");
      return;
    }
    boolean byPattern =
        (action.kind == Kind.DELETE || action.kind == Kind.HASH) && !action.pattern.isEmpty();
    if (action.key.isEmpty() && !byPattern) {
      check.error("key", "is missing (expected: the key of an attribute)");
    }
    switch (action.kind) {
      case INSERT, UPDATE, UPSERT -> {
        action.checkSource(check);
        action.refuse("pattern", action.pattern, check);
        action.refuse("converted_type", action.convertedType, check);
      }
      case DELETE, HASH -> {
        action.refuseSources(check);
        action.refuse("converted_type", action.convertedType, check);
        action.checkPattern(check);
      }
      case EXTRACT -> {
        action.refuseSources(check);
        action.refuse("converted_type", action.convertedType, check);
        action.checkGroups(check);
      }
      case CONVERT -> {
        action.refuseSources(check);
        action.refuse("pattern", action.pattern, check);
        if (action.convertedType.isEmpty()) {
          check.error("converted_type", "is missing (expected: int, double or string)");
        }
      }
    }
  }

  private void checkSource(Check check) {
    int sources =
        (value.isPresent() ? 1 : 0)
            + (fromAttribute.isEmpty() ? 0 : 1)
            + (fromContext.isEmpty() ? 0 : 1);
    if (sources != 1) {
      check.error(
          "action",
          name()
              + " has "
              + sources
              + " sources (expected: one of value, from_attribute, from_context)");
    }
    checkValue("value", value, check);
    checkValue("default_value", defaultValue, check);
  }

  private static void checkValue(String key, Optional<Object> value, Check check) {
    if (value.isPresent() && ConfiguredValue.of(value.get()).isEmpty()) {
      check.error(key, value.get() + " (expected: a text, number, bool or a list of those)");
    }
  }

  private void refuseSources(Check check) {
    refuse("from_attribute", fromAttribute, check);
    refuse("from_context", fromContext, check);
    if (value.isPresent()) {
      check.error("value", "does not go with action " + name());
    }
  }

  private void refuse(String name, String text, Check check) {
    if (!text.isEmpty()) {
      check.error(name, "does not go with action " + name());
    }
  }

  private void checkPattern(Check check) {
    if (!pattern.isEmpty()) {
      try {
        var _ = Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        check.error(
            "pattern",
            "\"" + pattern + "\": " + e.getMessage() + " (expected: a regular expression of RE2)");
      }
    }
  }

  private void checkGroups(Check check) {
    if (pattern.isEmpty()) {
      check.error("pattern", "is missing (expected: a regular expression with named groups)");
      return;
    }
    try {
      Pattern compiled = Pattern.compile(pattern);
      int named = compiled.namedGroups().size();
      int groups = compiled.groupCount();
      if (groups == 0 || named == 0) {
        check.error(
            "pattern",
            "\"" + pattern + "\" has no groups (expected: named groups such as (?P<name>...))");
      }
    } catch (PatternSyntaxException e) {
      check.error(
          "pattern",
          "\"" + pattern + "\": " + e.getMessage() + " (expected: a regular expression of RE2)");
    }
  }

  private String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
