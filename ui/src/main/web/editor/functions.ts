/** A function of PromQL: how it is called, and what it is for. */
export interface PromqlFunction {
  readonly name: string;
  readonly signature: string;
  readonly words: string;
}

const AGGREGATIONS = 'sum:sum over series;avg:mean over series;min:least of series;max:largest of series;count:number of series;group:1 for each group;stddev:deviation over series;stdvar:variance over series';
const OF_PARAMETER = 'topk(k, v):the k largest;bottomk(k, v):the k smallest;quantile(φ, v):quantile over series;count_values("label", v):series by value;limitk(k, v):any k series';
const OF_RANGES =
  'rate:per second, of a counter;increase:growth of a counter;irate:rate of the last two samples;delta:change of a gauge;idelta:change between the last two samples;deriv:slope of a gauge a second;changes:how often it changed;resets:how often a counter restarted;' +
  'avg_over_time:mean of the samples;sum_over_time:sum of the samples;min_over_time:least sample;max_over_time:largest sample;count_over_time:number of samples;last_over_time:last sample;present_over_time:1 where there are samples;absent_over_time:1 where there are none;stddev_over_time:deviation of the samples;stdvar_over_time:variance of the samples';
const OF_VECTORS =
  'abs:without its sign;ceil:rounded up;floor:rounded down;exp:e to the power of it;ln:natural logarithm;log2:binary logarithm;log10:decimal logarithm;sqrt:square root;sgn:-1, 0 or 1;sort:the least first;sort_desc:the largest first;timestamp:when each sample is of;absent:1 where there is nothing;scalar:a series as a number;' +
  'histogram_count:observations of a native histogram;histogram_sum:their sum;histogram_avg:their mean;histogram_stddev:their deviation;day_of_month:of a time in seconds;day_of_week:of a time in seconds;days_in_month:of a time in seconds;hour:of a time in seconds;minute:of a time in seconds;month:of a time in seconds;year:of a time in seconds';
const OTHERS =
  'histogram_quantile(φ, v):quantile of buckets or a native histogram;histogram_fraction(low, high, v):share of observations between;quantile_over_time(φ, v[d]):quantile of the samples;predict_linear(v[d], seconds):a gauge ahead;double_exponential_smoothing(v[d], sf, tf):smoothed course;' +
  'round(v, nearest):rounded;clamp(v, min, max):kept between;clamp_min(v, min):at least;clamp_max(v, max):at most;label_replace(v, "to", "$1", "from", "(.*)"):a label from another;label_join(v, "to", "-", "one", "two"):a label from several;time():now, in seconds;vector(s):a number as a series;pi():3.14';

const read = (list: string, call: (name: string) => string) =>
  list.split(';').map((entry): PromqlFunction => {
    const [called = '', words = ''] = entry.split(/:(?=[^:]*$)/);
    const name = /^\w+/.exec(called)?.[0] ?? '';
    return { name, words, signature: called.includes('(') ? called : call(name) };
  });

export const FUNCTIONS: readonly PromqlFunction[] = [
  ...read(AGGREGATIONS, (name) => `${name} by (label) (v)`),
  ...read(OF_PARAMETER, (name) => name),
  ...read(OF_RANGES, (name) => `${name}(v[d])`),
  ...read(OF_VECTORS, (name) => `${name}(v)`),
  ...read(OTHERS, (name) => name),
];
