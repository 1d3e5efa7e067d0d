package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Headers, written as a map or as a list of `name` and `value`; values are secret.
record HeadersType() implements ConfigType<List<Header>> {
  private static final ConfigType<Map<String, Secret>> BY_NAME =
      ConfigTypes.map(ConfigTypes.secret());
  private static final ConfigType<List<Header>> LISTED =
      ConfigTypes.list(
          ConfigSchema.of(
              keys ->
                  new Header(
                      keys.text("name", "", "the name of the header"),
                      keys.field("value", ConfigTypes.secret(), "", "its value"))));

  @Override
  public String name() {
    return "map of secret";
  }

  @Override
  public Optional<List<Header>> decode(ConfigNode node, Decoding at) {
    if (node instanceof ConfigNode.ListNode) {
      return LISTED.decode(node, at);
    }
    return BY_NAME
        .decode(node, at)
        .map(
            byName -> {
              List<Header> headers = new ArrayList<>();
              byName.forEach((name, value) -> headers.add(new Header(name, value)));
              return List.copyOf(headers);
            });
  }

  @Override
  public ConfigNode printed(ConfigNode node, boolean redact) {
    return node instanceof ConfigNode.ListNode
        ? LISTED.printed(node, redact)
        : BY_NAME.printed(node, redact);
  }
}
