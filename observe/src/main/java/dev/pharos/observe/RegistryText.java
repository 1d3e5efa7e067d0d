package dev.pharos.observe;

import java.util.List;

/// Writes instruments in the Prometheus text format 0.0.4. One thread.
final class RegistryText implements Registry.Visitor {
  private final StringBuilder out = new StringBuilder(4096);
  private String family = "";

  private void head(String name, String help, String type) {
    if (!name.equals(family)) {
      family = name;
      out.append("# HELP ").append(name).append(' ').append(help).append('\n');
      out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
  }

  @Override
  public void counter(String name, String help, List<String> labels, double value) {
    head(name, help, "counter");
    sample(name, text(labels), number(value));
  }

  @Override
  public void gauge(String name, String help, List<String> labels, double value) {
    head(name, help, "gauge");
    sample(name, text(labels), number(value));
  }

  @Override
  public void histogram(String name, String help, List<String> labels, Distribution spread) {
    head(name, help, "histogram");
    String own = text(labels);
    String before = own.isEmpty() ? "" : own + ",";
    long running = 0;
    for (int i = 0; i < spread.buckets() - 1; i++) {
      running += spread.bucket(i);
      String bound = before + "le=\"" + number(spread.bound(i)) + "\"";
      sample(name + "_bucket", bound, Long.toString(running));
    }
    running += spread.bucket(spread.buckets() - 1);
    sample(name + "_bucket", before + "le=\"+Inf\"", Long.toString(running));
    sample(name + "_sum", own, number(spread.sum()));
    sample(name + "_count", own, Long.toString(running));
  }

  private static String text(List<String> labels) {
    var text = new StringBuilder();
    for (int i = 0; i < labels.size(); i += 2) {
      String value = labels.get(i + 1);
      text.append(i == 0 ? "" : ",").append(labels.get(i)).append("=\"");
      text.append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
      text.append('"');
    }
    return text.toString();
  }

  private void sample(String name, String labels, String value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ').append(value).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
