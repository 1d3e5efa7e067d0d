package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.model.text.NumberText;
import dev.pharos.query.matrix.ClassicQuantile;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.Grouping;
import dev.pharos.query.matrix.NativeQuantile;
import dev.pharos.query.matrix.Notes;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Quantiles and fractions of vectors that hold classic histograms (series by `le`), native ones, or both; where both
/// have the same labels at the same step neither counts, with a warning.
final class HistogramFunctions {
  private static final String BOUND = "le";
  private static final Grouping WITHOUT_BOUND = new Grouping(false, Set.of(BOUND));

  /// All that has the same labels but for the bound.
  private static final class Member {
    private final Labels labels;
    private final List<StepSeries> buckets = new ArrayList<>();
    private final List<Double> bounds = new ArrayList<>();
    private final List<StepSeries> natives = new ArrayList<>();

    private Member(Labels labels) {
      this.labels = labels;
    }
  }

  private final Evaluation run;
  private final Notes notes;

  HistogramFunctions(Evaluation run, Notes notes) {
    this.run = run;
    this.notes = notes;
  }

  /// @param phis the quantiles wanted, each at each step
  /// @param label the label that says which quantile a series is
  SeriesOperator quantiles(SeriesOperator input, List<double[]> phis, Optional<String> label) {
    return SeriesOperator.deferred(
        () -> {
          List<StepSeries> results = new ArrayList<>();
          for (Member member : members(input)) {
            for (double[] phi : phis) {
              StepSeries result = quantiles(member, phi);
              if (label.isPresent()) {
                Labels labels =
                    result.labels().toBuilder()
                        .set(label.get(), NumberText.openMetrics(phi[0]))
                        .build();
                result = result.with(labels, result.dropName());
              }
              if (!result.isEmpty()) {
                results.add(run.dropName(result));
              }
            }
          }
          return results;
        });
  }

  SeriesOperator fractions(SeriesOperator input, double[] lower, double[] upper) {
    return SeriesOperator.deferred(
        () -> {
          List<StepSeries> results = new ArrayList<>();
          for (Member member : members(input)) {
            StepSeries result = fractions(member, lower, upper);
            if (!result.isEmpty()) {
              results.add(run.dropName(result));
            }
          }
          return results;
        });
  }

  private List<Member> members(SeriesOperator input) {
    Map<Labels, Member> members = new LinkedHashMap<>();
    for (StepSeries series : input.drain()) {
      if (hasFloats(series)) {
        OptionalDouble bound = bound(series);
        if (bound.isPresent()) {
          Member member =
              members.computeIfAbsent(WITHOUT_BOUND.apply(series.labels()), Member::new);
          member.buckets.add(series);
          member.bounds.add(bound.getAsDouble());
        }
      }
      if (series.hasHistograms()) {
        members.computeIfAbsent(series.labels(), Member::new).natives.add(series);
      }
    }
    return List.copyOf(members.values());
  }

  private OptionalDouble bound(StepSeries series) {
    String text = series.labels().get(BOUND);
    OptionalDouble bound = Bounds.parse(text);
    if (bound.isEmpty()) {
      notes.warn(
          "bucket label \"le\" is missing or has a malformed value of "
              + Quoting.quote(text)
              + named(series.labels()));
    }
    return bound;
  }

  private static String named(Labels labels) {
    String name = labels.get(Labels.NAME);
    return name.isEmpty() ? "" : " for metric name " + Quoting.quote(name);
  }

  private static boolean hasFloats(StepSeries series) {
    for (int i = 0; i < series.steps(); i++) {
      if (series.hasFloat(i)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable FloatHistogram nativeAt(Member member, int step) {
    for (StepSeries series : member.natives) {
      FloatHistogram histogram = series.histogram(step);
      if (histogram != null) {
        return histogram;
      }
    }
    return null;
  }

  /// Fills `buckets` with the classic buckets of a step.
  ///
  /// @return whether there are any, and no native histogram beside them
  private boolean classicAt(Member member, int step, boolean hasNative, ClassicQuantile buckets) {
    buckets.clear();
    for (int b = 0; b < member.buckets.size(); b++) {
      double count = member.buckets.get(b).values()[step];
      if (!StepSeries.isAbsent(count)) {
        buckets.add(member.bounds.get(b), count);
      }
    }
    if (buckets.size() > 0 && hasNative) {
      notes.warn("vector contains a mix of classic and native histograms" + named(member.labels));
    }
    return buckets.size() > 0 && !hasNative;
  }

  private StepSeries quantiles(Member member, double[] phi) {
    StepSeries result = StepSeries.empty(member.labels, phi.length);
    ClassicQuantile buckets = new ClassicQuantile();
    for (int i = 0; i < phi.length; i++) {
      FloatHistogram histogram = nativeAt(member, i);
      if (classicAt(member, i, histogram != null, buckets)) {
        boolean usable = buckets.prepare();
        result.values()[i] = buckets.quantile(phi[i], usable);
        if (buckets.forcedMonotonic()) {
          notes.inform(
              "input to histogram_quantile needed to be fixed for monotonicity (see "
                  + "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
                  + named(member.labels));
        }
      } else if (histogram != null && buckets.size() == 0) {
        result.values()[i] =
            NativeQuantile.quantile(phi[i], histogram, named(member.labels), notes);
      }
    }
    return result;
  }

  private StepSeries fractions(Member member, double[] lower, double[] upper) {
    StepSeries result = StepSeries.empty(member.labels, lower.length);
    ClassicQuantile buckets = new ClassicQuantile();
    for (int i = 0; i < lower.length; i++) {
      FloatHistogram histogram = nativeAt(member, i);
      if (classicAt(member, i, histogram != null, buckets)) {
        buckets.prepare();
        result.values()[i] = buckets.fraction(lower[i], upper[i]);
      } else if (histogram != null && buckets.size() == 0) {
        result.values()[i] =
            NativeQuantile.fraction(lower[i], upper[i], histogram, named(member.labels), notes);
      }
    }
    return result;
  }
}
