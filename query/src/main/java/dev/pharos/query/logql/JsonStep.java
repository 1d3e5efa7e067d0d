package dev.pharos.query.logql;

import dev.pharos.query.logql.syntax.JsonPath;
import dev.pharos.query.logql.syntax.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Labels from a JSON line: of every scalar member, nested names joined by `_`; or of given paths. A line that is not
/// JSON is kept with the error `JSONParserErr` and the labels read before the damage.
final class JsonStep implements Step {
  private static final String ERROR = "JSONParserErr";
  private static final String EXTRACTED = "_extracted";

  private record Wanted(String label, JsonPath path) {}

  private final List<Wanted> wanted = new ArrayList<>();
  private final Optional<Set<String>> needed;
  private final JsonReader reader = new JsonReader();

  /// @param needed the only labels that later stages and the result ask for; empty if that is all
  JsonStep(List<Stage.Extraction> extractions, Optional<Set<String>> needed) {
    this.needed = needed.map(JsonStep::asRead);
    for (Stage.Extraction extraction : extractions) {
      wanted.add(new Wanted(extraction.label(), JsonPath.parse(extraction.path()).orElseThrow()));
    }
  }

  /// The names under which needed labels may be read: one that is taken is called `name_extracted`.
  private static Set<String> asRead(Set<String> needed) {
    var names = new HashSet<String>(needed);
    for (String name : needed) {
      if (name.endsWith(EXTRACTED)) {
        names.add(name.substring(0, name.length() - EXTRACTED.length()));
      }
    }
    return names;
  }

  @Override
  public boolean apply(Line line) {
    reader.over(line.bytes(), line.from(), line.to());
    try {
      if (wanted.isEmpty()) {
        reader.expectObject();
        object(line, "");
      } else {
        extract(line);
      }
    } catch (JsonReader.Malformed e) {
      line.fail(ERROR, e.detail());
    }
    return true;
  }

  private void object(Line line, String prefix) throws JsonReader.Malformed {
    while (reader.nextMember()) {
      String name = LabelNames.ofField(reader.key());
      String full =
          prefix.isEmpty()
              ? name
              : name.isEmpty() ? "" : prefix + "_" + LabelNames.sanitize(reader.key().strip());
      switch (reader.peekKind()) {
        case OBJECT -> {
          reader.enterObject();
          object(line, full.isEmpty() ? prefix : full);
        }
        case TEXT, NUMBER, BOOLEAN -> scalar(line, full);
        case ARRAY, NULL -> reader.skip();
      }
    }
  }

  private void scalar(Line line, String name) throws JsonReader.Malformed {
    if (name.isEmpty() || (needed.isPresent() && !needed.get().contains(name))) {
      reader.skip();
    } else {
      line.parsed(name, reader.peekKind() == JsonReader.Kind.TEXT ? reader.text() : reader.raw());
    }
  }

  /// Reads the wanted paths alone; what is missing is there and empty.
  private void extract(Line line) throws JsonReader.Malformed {
    if (line.from() == line.to()) {
      return;
    }
    byte first = line.bytes()[line.from()];
    if (first != '{' && first != '[' && first != '"') {
      throw new JsonReader.Malformed("a JSON text begins with { [ or \", not with " + (char) first);
    }
    for (Wanted each : wanted) {
      reader.over(line.bytes(), line.from(), line.to());
      line.parsed(each.label(), find(each.path()) ? value() : "");
    }
  }

  private boolean find(JsonPath path) throws JsonReader.Malformed {
    for (JsonPath.Step step : path.steps()) {
      boolean found =
          switch (step) {
            case JsonPath.Step.Member(String name) ->
                reader.peekKind() == JsonReader.Kind.OBJECT && member(name);
            case JsonPath.Step.Element(int index) ->
                reader.peekKind() == JsonReader.Kind.ARRAY && reader.enterElement(index);
          };
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private boolean member(String name) throws JsonReader.Malformed {
    reader.enterObject();
    while (reader.nextMember()) {
      if (reader.key().equals(name)) {
        return true;
      }
      reader.skip();
    }
    return false;
  }

  private String value() throws JsonReader.Malformed {
    return switch (reader.peekKind()) {
      case TEXT -> reader.text();
      case NULL -> "";
      case OBJECT, ARRAY, NUMBER, BOOLEAN -> reader.raw();
    };
  }
}
