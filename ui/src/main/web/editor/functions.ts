/** Functions and aggregations of PromQL with what they are for, as completion shows them. */
export const FUNCTIONS: readonly (readonly [string, string])[] = [
  ['sum', 'over series'], ['avg', 'over series'], ['min', 'over series'], ['max', 'over series'], ['count', 'of series'],
  ['topk', 'the k largest'], ['bottomk', 'the k smallest'], ['quantile', 'over series'], ['stddev', 'over series'],
  ['by', 'labels that stay'], ['without', 'labels that go'],
  ['rate', 'per second, of a counter'], ['increase', 'growth of a counter'], ['irate', 'rate of the last two samples'],
  ['delta', 'change of a gauge'], ['deriv', 'slope of a gauge'], ['predict_linear', 'a gauge ahead'], ['changes', 'how often it changed'], ['resets', 'how often it restarted'],
  ['histogram_quantile', 'of buckets or a native histogram'], ['histogram_count', 'of a native histogram'], ['histogram_sum', 'of a native histogram'], ['histogram_avg', 'of a native histogram'],
  ['avg_over_time', 'over a range'], ['sum_over_time', 'over a range'], ['min_over_time', 'over a range'], ['max_over_time', 'over a range'],
  ['count_over_time', 'over a range'], ['quantile_over_time', 'over a range'], ['last_over_time', 'over a range'], ['absent', '1 where there is nothing'],
  ['abs', ''], ['ceil', ''], ['floor', ''], ['round', ''], ['clamp_max', ''], ['clamp_min', ''], ['ln', ''], ['log2', ''], ['log10', ''], ['exp', ''], ['sqrt', ''],
  ['label_replace', 'a label from another'], ['label_join', 'a label from several'], ['time', 'now, in seconds'], ['timestamp', 'of each sample'], ['vector', 'a number as series'], ['scalar', 'a series as number'],
];
