package dev.pharos.store.read;

import java.util.List;

/// Reads counts of spans and log records in columns of time: from summaries where there are, else from rows, with the
/// same result. Any thread.
public interface SummaryReader {
  /// Services with requests in the range, by name.
  List<ServiceRequests> services(SummaryRange range);

  /// Services with spans of any kind in the range, by name, with all of these.
  List<ServiceRequests> spans(SummaryRange range);

  /// The operations of a service with spans in the range, by name and kind.
  List<OperationRequests> operations(SummaryRange range, String service);

  /// Calls between services in the range, by client and server.
  List<EdgeRequests> edges(SummaryRange range);

  /// Who sent the spans of the range, and whom these called.
  Senders senders(SummaryRange range);

  /// Log records in the range, by stream and severity.
  List<StreamLogs> logs(SummaryRange range);
}
