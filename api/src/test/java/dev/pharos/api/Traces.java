package dev.pharos.api;

/// One trace in OTLP JSON: `POST /pay` of `shop`, an error, with an event; below it `SELECT` of `db`, with a link.
public final class Traces {
  /// Leading zeros, which Tempo's answers drop.
  public static final String ID = "00007651916cd43dd8448eb211c80319";

  public static final String ROOT = "00f067aa0ba902b7";
  public static final String CHILD = "1122334455667788";

  private Traces() {}

  public static String otlp() {
    return """
        {"resourceSpans": [
          {"resource": {"attributes": [
             {"key": "service.name", "value": {"stringValue": "shop"}}, {"key": "host", "value": {"stringValue": "h1"}}]},
           "scopeSpans": [{"scope": {"name": "http", "version": "1.2"}, "spans": [
             {"traceId": "%1$s", "spanId": "%2$s", "name": "POST /pay", "kind": 2,
              "startTimeUnixNano": "%4$d000001000", "endTimeUnixNano": "%4$d250001000",
              "status": {"code": 2, "message": "card refused"},
              "attributes": [
                {"key": "http.status_code", "value": {"intValue": "500"}},
                {"key": "share", "value": {"doubleValue": 0.5}},
                {"key": "retried", "value": {"boolValue": true}},
                {"key": "http.route", "value": {"stringValue": "/pay"}}],
              "events": [{"timeUnixNano": "%4$d100000000", "name": "exception",
                "attributes": [{"key": "exception.type", "value": {"stringValue": "Refused"}}]}]}]}]},
          {"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "db"}}]},
           "scopeSpans": [{"spans": [
             {"traceId": "%1$s", "spanId": "%3$s", "parentSpanId": "%2$s", "name": "SELECT", "kind": 3,
              "startTimeUnixNano": "%4$d010000000", "endTimeUnixNano": "%4$d020000000",
              "links": [{"traceId": "0af7651916cd43dd8448eb211c80319c", "spanId": "00f067aa0ba902b7"}]}]}]}]}
        """
        .formatted(ID, ROOT, CHILD, ApiServer.NOW - 60);
  }
}
