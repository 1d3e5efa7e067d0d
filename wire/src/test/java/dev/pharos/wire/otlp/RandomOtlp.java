package dev.pharos.wire.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.List;
import java.util.Random;

/// Seeded random requests as messages of the generated classes, with every field of OTLP in use. All are valid: ids are
/// of the right length and texts are Unicode. Messages that would be there but empty are left out, since batches do not
/// tell the two apart.
public final class RandomOtlp {
  private static final String[] KEYS = {
    "service.name",
    "http.method",
    "k",
    "größe",
    "user.id",
    "a.very.long.attribute.key.that.goes.on.and.on",
    "",
    "日本"
  };
  private static final String[] TEXTS = {
    "",
    "GET",
    "checkout",
    "naïve",
    "\u0000",
    "𝔘nicode",
    "SELECT * FROM orders WHERE id = ?",
    "x".repeat(200),
    "y".repeat(3000)
  };

  final Random random;

  public RandomOtlp(long seed) {
    random = new Random(seed);
  }

  public TracesData traces() {
    var data = TracesData.newBuilder();
    List<Resource> resources = resources();
    List<InstrumentationScope> scopes = scopes();
    for (int i = random.nextInt(4); i >= 0; i--) {
      var group = ResourceSpans.newBuilder().setResource(pick(resources)).setSchemaUrl(url());
      for (int j = random.nextInt(3); j > 0; j--) {
        var inner = ScopeSpans.newBuilder().setScope(pick(scopes)).setSchemaUrl(url());
        for (int k = random.nextInt(6); k > 0; k--) {
          inner.addSpans(span());
        }
        group.addScopeSpans(inner);
      }
      data.addResourceSpans(group);
    }
    return data.build();
  }

  public LogsData logs() {
    var data = LogsData.newBuilder();
    List<Resource> resources = resources();
    List<InstrumentationScope> scopes = scopes();
    for (int i = random.nextInt(4); i >= 0; i--) {
      var group = ResourceLogs.newBuilder().setResource(pick(resources)).setSchemaUrl(url());
      for (int j = random.nextInt(3); j > 0; j--) {
        var inner = ScopeLogs.newBuilder().setScope(pick(scopes)).setSchemaUrl(url());
        for (int k = random.nextInt(6); k > 0; k--) {
          inner.addLogRecords(logRecord());
        }
        group.addScopeLogs(inner);
      }
      data.addResourceLogs(group);
    }
    return data.build();
  }

  public MetricsData metrics() {
    var data = MetricsData.newBuilder();
    List<Resource> resources = resources();
    List<InstrumentationScope> scopes = scopes();
    var metrics = new RandomMetrics(this);
    for (int i = random.nextInt(4); i >= 0; i--) {
      var group = ResourceMetrics.newBuilder().setResource(pick(resources)).setSchemaUrl(url());
      for (int j = random.nextInt(3); j > 0; j--) {
        var inner = ScopeMetrics.newBuilder().setScope(pick(scopes)).setSchemaUrl(url());
        for (int k = random.nextInt(6); k > 0; k--) {
          inner.addMetrics(metrics.metric());
        }
        group.addScopeMetrics(inner);
      }
      data.addResourceMetrics(group);
    }
    return data.build();
  }

  private List<Resource> resources() {
    return List.of(resource(), resource(), Resource.getDefaultInstance());
  }

  private List<InstrumentationScope> scopes() {
    return List.of(scope(), scope(), InstrumentationScope.getDefaultInstance());
  }

  Resource resource() {
    var resource = Resource.newBuilder().setDroppedAttributesCount(count());
    attributes().forEach(resource::addAttributes);
    for (int i = random.nextInt(3); i > 0; i--) {
      resource.addEntityRefs(
          EntityRef.newBuilder()
              .setSchemaUrl(url())
              .setType(text())
              .addIdKeys("service.name")
              .addDescriptionKeys(text()));
    }
    return resource.build();
  }

  InstrumentationScope scope() {
    var scope =
        InstrumentationScope.newBuilder()
            .setName(text())
            .setVersion(text())
            .setDroppedAttributesCount(count());
    attributes().forEach(scope::addAttributes);
    return scope.build();
  }

  Span span() {
    var span =
        Span.newBuilder()
            .setTraceId(id(16))
            .setSpanId(id(8))
            .setTraceState(text())
            .setFlags(random.nextInt());
    if (random.nextBoolean()) {
      span.setParentSpanId(id(8));
    }
    span.setName(text())
        .setKindValue(random.nextInt(8))
        .setStartTimeUnixNano(time())
        .setEndTimeUnixNano(time());
    attributes().forEach(span::addAttributes);
    span.setDroppedAttributesCount(count())
        .setDroppedEventsCount(count())
        .setDroppedLinksCount(count());
    for (int i = random.nextInt(3); i > 0; i--) {
      var event =
          Span.Event.newBuilder()
              .setTimeUnixNano(time())
              .setName(text())
              .setDroppedAttributesCount(count());
      attributes().forEach(event::addAttributes);
      span.addEvents(event);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      var link =
          Span.Link.newBuilder()
              .setTraceId(id(16))
              .setSpanId(id(8))
              .setTraceState(text())
              .setFlags(random.nextInt());
      attributes().forEach(link::addAttributes);
      span.addLinks(link.setDroppedAttributesCount(count()));
    }
    if (random.nextBoolean()) {
      span.setStatus(Status.newBuilder().setCodeValue(1 + random.nextInt(4)).setMessage(text()));
    }
    return span.build();
  }

  LogRecord logRecord() {
    var record =
        LogRecord.newBuilder()
            .setTimeUnixNano(time())
            .setObservedTimeUnixNano(time())
            .setFlags(random.nextInt());
    record.setSeverityNumberValue(random.nextInt(30)).setSeverityText(text()).setEventName(text());
    AnyValue body = value(0);
    if (body.getValueCase() != AnyValue.ValueCase.VALUE_NOT_SET) {
      record.setBody(body);
    }
    attributes().forEach(record::addAttributes);
    if (random.nextBoolean()) {
      record.setTraceId(id(16)).setSpanId(id(8));
    }
    return record.setDroppedAttributesCount(count()).build();
  }

  List<KeyValue> attributes() {
    return random
        .ints(random.nextInt(7), 0, KEYS.length)
        .mapToObj(key -> KeyValue.newBuilder().setKey(KEYS[key]).setValue(value(0)).build())
        .toList();
  }

  AnyValue value(int depth) {
    var value = AnyValue.newBuilder();
    switch (random.nextInt(depth > 3 ? 6 : 8)) {
      case 0 -> value.setStringValue(text());
      case 1 -> value.setBoolValue(random.nextBoolean());
      case 2 -> value.setIntValue(number());
      case 3 -> value.setDoubleValue(real());
      case 4 -> value.setBytesValue(bytes(random.nextInt(40)));
      case 5 -> value.clear();
      case 6 -> {
        var array = ArrayValue.newBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.addValues(value(depth + 1));
        }
        value.setArrayValue(array);
      }
      default -> {
        var map = KeyValueList.newBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.addValues(KeyValue.newBuilder().setKey(text()).setValue(value(depth + 1)));
        }
        value.setKvlistValue(map);
      }
    }
    return value.build();
  }

  String text() {
    return random.nextInt(5) == 0
        ? "t" + random.nextInt(1000)
        : TEXTS[random.nextInt(TEXTS.length)];
  }

  String url() {
    return random.nextBoolean()
        ? ""
        : "https://opentelemetry.io/schemas/1.2" + random.nextInt(3) + ".0";
  }

  int count() {
    return random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(3);
  }

  long time() {
    return random.nextInt(4) == 0 ? 0 : 1_700_000_000_000_000_000L + random.nextInt();
  }

  long number() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextLong();
      case 1 -> -random.nextInt(1000);
      case 2 -> Long.MAX_VALUE - random.nextInt(2);
      default -> random.nextInt(1000);
    };
  }

  double real() {
    return switch (random.nextInt(6)) {
      case 0 -> Double.NaN;
      case 1 -> Double.NEGATIVE_INFINITY;
      case 2 -> 0.0;
      case 3 -> -0.0;
      default -> random.nextGaussian() * 1000;
    };
  }

  ByteString id(int size) {
    byte[] id = new byte[size];
    random.nextBytes(id);
    id[random.nextInt(size)] |= 1;
    return ByteString.copyFrom(id);
  }

  ByteString bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
