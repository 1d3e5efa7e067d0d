package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The types of configuration values. No value is turned into another type, with the exceptions the Collector makes: a
/// fraction for a whole number, a bare number as a duration in nanoseconds, one text for a list of texts.
public final class ConfigTypes {
  /// A port with nothing in it: a colon at the end or before a path, but not the one of `http://`.
  private static final Pattern EMPTY_PORT = Pattern.compile(":(?!//)(/|$)");

  private static final ConfigType<Boolean> BOOL =
      scalar("bool", "true or false", ConfigTypes::decodeBool);
  private static final ConfigType<Double> DECIMAL =
      scalar("number", "a number", ConfigTypes::decodeDecimal);
  private static final ConfigType<Integer> COUNT = integer(0, Integer.MAX_VALUE);
  private static final ConfigType<String> TEXT = new TextType<>("text", false, Function.identity());
  private static final ConfigType<Secret> SECRET = new TextType<>("secret", true, Secret::of);
  private static final ConfigType<Object> ANY = new AnyType();
  private static final ConfigType<List<String>> TEXTS = new TextsType();
  private static final ConfigType<List<Header>> HEADERS = new HeadersType();

  private ConfigTypes() {}

  public static ConfigType<Boolean> bool() {
    return BOOL;
  }

  /// A whole number from 0 to 2^31 - 1.
  public static ConfigType<Integer> count() {
    return COUNT;
  }

  /// A whole number from `min` to `max`.
  public static ConfigType<Integer> integer(int min, int max) {
    return scalar(
        "int", range(min, max), (node, at) -> whole(node, at, min, max).map(Long::intValue));
  }

  /// A whole number from `min` to `max`.
  public static ConfigType<Long> longs(long min, long max) {
    return scalar("int", range(min, max), (node, at) -> whole(node, at, min, max));
  }

  public static ConfigType<Double> decimal() {
    return DECIMAL;
  }

  /// A text; what was expanded from a reference is taken as it was written there.
  public static ConfigType<String> text() {
    return TEXT;
  }

  /// A text that is never printed.
  public static ConfigType<Secret> secret() {
    return SECRET;
  }

  /// `host:port` or a URL. A port that is empty because of an unset environment variable is refused.
  public static ConfigType<String> address() {
    return checked(
        "address",
        TEXT,
        (node, text) ->
            !node.origin().emptyVariables().isEmpty()
                    && (text.isEmpty() || EMPTY_PORT.matcher(text).find())
                ? Optional.of("an address with a port")
                : Optional.empty());
  }

  /// A port from 0 to 65535, 0 being a free one. An unset environment variable is refused.
  public static ConfigType<Integer> port() {
    return new PortType();
  }

  /// A duration in Go's syntax.
  public static ConfigType<Duration> duration() {
    return scalar(
        "duration",
        "a duration with a unit, such as 300ms, 5s or 1h30m",
        ConfigTypes::decodeDuration);
  }

  /// A number of bytes, or a text with a unit such as `10MiB`.
  public static ConfigType<Long> byteSize() {
    return scalar("size", "a size such as 512, 64KiB or 10MiB", ConfigTypes::decodeByteSize);
  }

  /// The id of a component.
  public static ConfigType<ComponentId> componentId() {
    return new ConfigType<>() {
      @Override
      public String name() {
        return "component id";
      }

      @Override
      public Optional<ComponentId> decode(ConfigNode node, Decoding at) {
        return TEXT.decode(node, at)
            .flatMap(
                text -> {
                  try {
                    return Optional.of(ComponentId.parse(text));
                  } catch (IllegalArgumentException e) {
                    at.error(node.position(), String.valueOf(e.getMessage()));
                    return Optional.empty();
                  }
                });
      }
    };
  }

  /// One of `values`, each written as `spelling` gives it; upper and lower case count the same if `ignoreCase`.
  public static <E> ConfigType<E> choice(
      List<E> values, Function<E, String> spelling, boolean ignoreCase) {
    return new ChoiceType<>(values, spelling, ignoreCase);
  }

  /// Any value: maps, lists, texts, `Long`, `Double`, `Boolean`, `Instant`; null is an empty `Optional`.
  public static ConfigType<Object> any() {
    return ANY;
  }

  /// The node itself, for a component that reads it in its own way.
  public static ConfigType<ConfigNode> node() {
    return scalar("any", "any value", (node, _) -> Optional.of(node));
  }

  public static <T> ConfigType<List<T>> list(ConfigType<T> item) {
    return new ListType<>(item);
  }

  /// A list of texts; one text is split at commas.
  public static ConfigType<List<String>> texts() {
    return TEXTS;
  }

  /// A map from texts to `value`, in the order written.
  public static <T> ConfigType<Map<String, T>> map(ConfigType<T> value) {
    return new MapType<>(value);
  }

  /// Headers: a map from names to secret texts, or a list of `name` and `value`.
  public static ConfigType<List<Header>> headers() {
    return HEADERS;
  }

  /// `type` with a further condition: `check` gives what was expected if a value does not meet it.
  public static <T> ConfigType<T> checked(String name, ConfigType<T> type, Condition<T> check) {
    return new CheckedType<>(name, type, check);
  }

  /// What a value must be beyond its type.
  @FunctionalInterface
  public interface Condition<T> {
    /// What was expected instead of `value`; empty if it is right.
    Optional<String> violated(ConfigNode node, T value);
  }

  @FunctionalInterface
  interface Decoder<T> {
    /// The value; empty if it is not of this type and nothing has been reported.
    Optional<T> decode(ConfigNode node, Decoding at);
  }

  static <T> ConfigType<T> scalar(String name, String expectation, Decoder<T> decoder) {
    return new ConfigType<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<T> decode(ConfigNode node, Decoding at) {
        Optional<T> value = decoder.decode(node, at);
        return value.isPresent() ? value : at.expected(node, expectation);
      }
    };
  }

  private static String range(long min, long max) {
    boolean open = max == Integer.MAX_VALUE || max == Long.MAX_VALUE;
    boolean free = min == Integer.MIN_VALUE || min == Long.MIN_VALUE;
    if (open) {
      return free ? "a whole number" : "a whole number of at least " + min;
    }
    return "a whole number from " + min + " to " + max;
  }

  private static Optional<Boolean> decodeBool(ConfigNode node, Decoding at) {
    return node instanceof ConfigNode.ScalarNode(var _, Scalar.Bool(boolean value))
        ? Optional.of(value)
        : Optional.empty();
  }

  private static Optional<Double> decodeDecimal(ConfigNode node, Decoding at) {
    return switch (node) {
      case ConfigNode.ScalarNode(var _, Scalar.Decimal(double value)) -> Optional.of(value);
      case ConfigNode.ScalarNode(var _, Scalar.Int(long value)) -> Optional.of((double) value);
      default -> Optional.empty();
    };
  }

  static Optional<Long> whole(ConfigNode node, Decoding at, long min, long max) {
    Optional<Long> value =
        switch (node) {
          case ConfigNode.ScalarNode(var _, Scalar.Int(long number)) -> Optional.of(number);
          case ConfigNode.ScalarNode(var _, Scalar.Decimal(double number))
              when Math.abs(number) < 0x1p63 -> {
            if (number != Math.rint(number)) {
              at.warn(
                  node.position(),
                  number + " is taken as " + (long) number + " (expected: a whole number)");
            }
            yield Optional.of((long) number);
          }
          default -> Optional.empty();
        };
    return value.filter(number -> number >= min && number <= max);
  }

  private static Optional<Duration> decodeDuration(ConfigNode node, Decoding at) {
    return switch (node) {
      case ConfigNode.ScalarNode(var _, Scalar.Text(String text)) -> GoDuration.parse(text);
      case ConfigNode.ScalarNode(var _, Scalar.Int(long nanos)) ->
          Optional.of(nanos(nanos, node, at));
      case ConfigNode.ScalarNode(var _, Scalar.Decimal(double nanos))
          when Math.abs(nanos) < 0x1p63 ->
          Optional.of(nanos((long) nanos, node, at));
      default -> Optional.empty();
    };
  }

  private static Duration nanos(long nanos, ConfigNode node, Decoding at) {
    if (nanos != 0) {
      at.warn(node.position(), nanos + " has no unit and is taken as nanoseconds");
    }
    return Duration.ofNanos(nanos);
  }

  private static Optional<Long> decodeByteSize(ConfigNode node, Decoding at) {
    return switch (node) {
      case ConfigNode.ScalarNode(var _, Scalar.Int(long bytes)) when bytes >= 0 ->
          Optional.of(bytes);
      case ConfigNode.ScalarNode(var _, Scalar.Text(String text)) -> {
        OptionalLong bytes = ByteSize.parse(text);
        yield bytes.isPresent() ? Optional.of(bytes.getAsLong()) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }
}
