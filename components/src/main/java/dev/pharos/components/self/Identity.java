package dev.pharos.components.self;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.observe.SpanTap;

/// Who this process is, as the Resource of its own telemetry (OpenTelemetry semantic conventions for `service`, `host`
/// and `process`).
///
/// @param instance differs from process to process
public record Identity(String version, String instance, String host, long pid) {
  /// Adds the Resource and the Scope, as row 0 of their tables.
  void describe(Symbols symbols, ResourceTable resources, ScopeTable scopes) {
    AttributeRows attributes = resources.attributes();
    text(symbols, attributes, "service.name", SpanTap.SERVICE);
    text(symbols, attributes, "service.version", version);
    text(symbols, attributes, "service.instance.id", instance);
    if (!host.isEmpty()) {
      text(symbols, attributes, "host.name", host);
    }
    attributes.add(symbols.intern("process.pid"), ValueType.INT, pid);
    resources.add(0, 0, 0);
    scopes.add(symbols.intern("dev.pharos"), symbols.intern(version), 0, 0);
  }

  static void text(Symbols symbols, AttributeRows attributes, String key, String value) {
    attributes.add(symbols.intern(key), ValueType.STRING, symbols.intern(value));
  }
}
