package dev.pharos.model.naming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricNamesTest {
  @ParameterizedTest
  @CsvSource({
    "http.server.request.duration, s, http_server_request_duration_seconds",
    "a..b__c, '', a_b_c",
    "ünïcode, '', n_code",
    "_leading.and.trailing_, '', leading_and_trailing",
    "speed, MBy/min, speed_megabytes_per_min",
    "rate, By/s, rate_bytes_per_second",
    "already.seconds, s, already_seconds",
    "things, {thing}, things",
    "m, {a}By, m",
    "2xx, '', _2xx",
    "a:b, '', a:b"
  })
  void joinsTokensAndAddsUnits(String name, String unit, String expected) {
    assertThat(MetricNames.metric(name, unit, false, false)).isEqualTo(expected);
  }

  @Test
  void endsCountersInTotalOnce() {
    assertThat(MetricNames.metric("m_total_bytes", "By", true, false)).isEqualTo("m_bytes_total");
    assertThat(MetricNames.metric("shop.payments", "1", true, false))
        .isEqualTo("shop_payments_total");
  }

  @Test
  void endsGaugesOfUnitOneInRatio() {
    assertThat(MetricNames.metric("cache.hit", "1", false, true)).isEqualTo("cache_hit_ratio");
    assertThat(MetricNames.metric("cache.hit", "1", false, false)).isEqualTo("cache_hit");
  }

  @ParameterizedTest
  @CsvSource({
    "http.route, http_route",
    "é, key_",
    "_y, key_y",
    "__z, __z",
    "0a, key_0a",
    "a--b, a__b",
    "k8s.pod.name, k8s_pod_name"
  })
  void escapesAttributeKeys(String key, String expected) {
    assertThat(MetricNames.label(key)).isEqualTo(expected);
  }
}
