package dev.pharos.components.memorylimiter;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import java.time.Duration;

/// The keys of processor `memory_limiter`, as the Collector has them. Pharos reads its memory ledger, which is exact at
/// any time, so nothing is checked in intervals and nothing is collected by force: those keys are accepted and have no
/// effect.
///
/// @param limitMib 0 if not set
/// @param limitPercentage of the ledger's capacity; 0 if not set
/// @param spikeLimitMib 0 for a fifth of the limit
public record MemoryLimiterConfig(
    Duration checkInterval,
    int limitMib,
    int limitPercentage,
    int spikeLimitMib,
    int spikeLimitPercentage) {
  /// Without any limit: the whole ledger.
  public static final ConfigSchema<MemoryLimiterConfig> SCHEMA =
      ConfigSchema.<MemoryLimiterConfig>of(
              keys -> {
                var config =
                    new MemoryLimiterConfig(
                        keys.duration(
                            "check_interval",
                            "1s",
                            "has no effect: memory is accounted for as it is taken"),
                        keys.count(
                            "limit_mib", 0, "refuse data above this; 0 means limit_percentage"),
                        keys.count(
                            "limit_percentage",
                            0,
                            "of the memory that Pharos may use; 0 means all of it"),
                        keys.count(
                            "spike_limit_mib",
                            0,
                            "kept free below the limit; 0 means a fifth of it"),
                        keys.count(
                            "spike_limit_percentage",
                            0,
                            "kept free below the limit, in percent of the memory"));
                for (String key :
                    new String[] {
                      "min_gc_interval_when_soft_limited",
                      "min_gc_interval_when_hard_limited",
                      "max_gc_interval_when_soft_limited",
                      "max_gc_interval_when_hard_limited"
                    }) {
                  keys.duration(key, "0s", "has no effect: nothing is collected by force");
                }
                return config;
              })
          .check(
              (config, check) -> {
                if (config.limitMib > 0 && config.spikeLimitMib >= config.limitMib) {
                  check.error(
                      "spike_limit_mib", "'spike_limit_mib' must be smaller than 'limit_mib'");
                }
                if (config.limitPercentage > 100) {
                  check.error("limit_percentage", config.limitPercentage + " (expected: 0 to 100)");
                }
                if (config.spikeLimitPercentage > 100) {
                  check.error(
                      "spike_limit_percentage",
                      config.spikeLimitPercentage + " (expected: 0 to 100)");
                }
                if (config.checkInterval.isNegative() || config.checkInterval.isZero()) {
                  check.error("check_interval", "'check_interval' must be greater than zero");
                }
              });

  /// The bytes of the ledger above which data is refused.
  long limitBytes(long capacityBytes) {
    if (limitMib == 0 && limitPercentage == 0) {
      return capacityBytes;
    }
    long limit = limitMib > 0 ? (long) limitMib << 20 : capacityBytes / 100 * limitPercentage;
    long spike =
        spikeLimitMib > 0
            ? (long) spikeLimitMib << 20
            : spikeLimitPercentage > 0 ? capacityBytes / 100 * spikeLimitPercentage : limit / 5;
    return Math.max(0, limit - spike);
  }
}
