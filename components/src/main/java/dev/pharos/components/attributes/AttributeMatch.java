package dev.pharos.components.attributes;

import com.google.re2j.Pattern;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.edit.Attributes;
import dev.pharos.model.edit.BatchEditor;
import dev.pharos.model.text.ValueText;
import java.util.List;
import java.util.Optional;

/// An attribute that must be there, with an equal value of the same type, or one whose text a pattern matches.
/// Immutable.
record AttributeMatch(String key, Optional<ConfiguredValue> value, Optional<Pattern> pattern) {
  static List<AttributeMatch> of(List<MatchConfig.Attribute> listed, boolean regexp) {
    return listed.stream()
        .map(
            attribute ->
                regexp
                    ? new AttributeMatch(
                        attribute.key(),
                        Optional.empty(),
                        attribute.value().map(text -> Pattern.compile(text.toString())))
                    : new AttributeMatch(
                        attribute.key(),
                        attribute.value().flatMap(ConfiguredValue::of),
                        Optional.empty()))
        .toList();
  }

  static boolean all(List<AttributeMatch> matches, BatchEditor<?> editor, Attributes attributes) {
    for (AttributeMatch match : matches) {
      if (!match.holds(editor.symbols(), attributes)) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(Symbols symbols, Attributes attributes) {
    int index = attributes.find(key);
    if (index < 0) {
      return false;
    }
    byte type = attributes.type(index);
    long bits = attributes.value(index);
    if (pattern.isPresent()) {
      boolean scalar = type >= ValueType.STRING && type <= ValueType.DOUBLE;
      return scalar && pattern.get().matcher(ValueText.of(symbols, type, bits)).find();
    }
    return value.map(wanted -> equal(wanted, symbols, type, bits)).orElse(true);
  }

  private static boolean equal(ConfiguredValue wanted, Symbols symbols, byte type, long bits) {
    if (wanted.type() != type) {
      return false;
    }
    return ValueType.isSymbol(type)
        ? symbols.same((int) bits, wanted.bytes())
        : wanted.bits() == bits;
  }
}
