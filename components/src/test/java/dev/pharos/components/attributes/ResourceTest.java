package dev.pharos.components.attributes;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.setup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.components.Samples;
import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Client;
import dev.pharos.model.Metadata;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResourceTest {
  private static final String YAML =
      """
      attributes:
      - {key: cloud.availability_zone, value: zone-1, action: upsert}
      - {key: k8s.cluster.name, from_attribute: k8s-cluster, action: insert}
      - {key: redundant-attribute, action: delete}
      - {key: shop, from_context: metadata.x-shop, action: upsert}
      """;

  private static final String RESOURCE =
      """
      "resource":{"attributes":[{"key":"k8s-cluster","value":{"stringValue":"c"}},
        {"key":"cloud.availability_zone","value":{"stringValue":"z"}},
        {"key":"redundant-attribute","value":{"stringValue":"r"}}]}""";

  private static TreeMap<String, String> resource(Batch batch) {
    var all = new TreeMap<String, String>();
    var rows = batch.resources().attributes();
    assertThat(batch.resources().size()).isEqualTo(1);
    for (int i = rows.from(0); i < rows.to(0); i++) {
      all.put(batch.symbols().text(rows.key(i)), batch.symbols().text((int) rows.value(i)));
    }
    return all;
  }

  @Test
  void changesTheResourceOfEverySignal() {
    var factory = new ResourceFactory();
    var setup = setup("resource", new Registry());
    var config = config(ResourceConfig.SCHEMA, YAML);
    List<Batch> out = new ArrayList<>();
    factory
        .traces(setup, config, parcel -> out.add(parcel.batch()))
        .accept(
            parcel(
                Samples.spans(
                    """
        {"resourceSpans":[{%s,"scopeSpans":[{"spans":[
          {"traceId":"00000000000000000000000000000001","spanId":"0000000000000001","name":"a"},
          {"traceId":"00000000000000000000000000000001","spanId":"0000000000000002","name":"b"}]}]}]}"""
                        .formatted(RESOURCE))));
    factory
        .logs(setup, config, parcel -> out.add(parcel.batch()))
        .accept(
            parcel(
                Samples.logs(
                    "{\"resourceLogs\":[{%s,\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\"}]}]}]}"
                        .formatted(RESOURCE))));
    factory
        .metrics(setup, config, parcel -> out.add(parcel.batch()))
        .accept(
            parcel(
                Samples.metrics(
                    """
        {"resourceMetrics":[{%s,"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{"asInt":"1"}]}}]}]}]}"""
                        .formatted(RESOURCE))));
    assertThat(out)
        .hasSize(3)
        .allSatisfy(
            batch ->
                assertThat(resource(batch))
                    .hasToString(
                        "{cloud.availability_zone=zone-1, k8s-cluster=c, k8s.cluster.name=c, shop=north}"));
    assertThat(out).extracting(Batch::items).containsExactly(2, 1, 1);
  }

  private static <B extends Batch> Parcel<B> parcel(B batch) {
    return Parcel.of(batch, Tenant.DEFAULT, RequestKey.NONE, Acknowledgement.NOBODY)
        .with(Client.of(Metadata.of(each -> each.accept("X-Shop", "north"))));
  }
}
