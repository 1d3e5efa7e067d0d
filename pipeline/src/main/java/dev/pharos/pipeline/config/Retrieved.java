package dev.pharos.pipeline.config;

/// What a reference gave: its text, and that text read as YAML.
///
/// @param node the typed value; a text node if the text is no valid YAML or was not to be typed
/// @param empty whether an environment variable was unset or empty
record Retrieved(ConfigNode node, String text, boolean empty) {}
