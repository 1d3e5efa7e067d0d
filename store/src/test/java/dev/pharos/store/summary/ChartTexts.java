package dev.pharos.store.summary;

import dev.pharos.store.read.Durations;
import dev.pharos.store.read.EdgeRequests;
import dev.pharos.store.read.OperationRequests;
import dev.pharos.store.read.Requests;
import dev.pharos.store.read.Senders;
import dev.pharos.store.read.ServiceRequests;
import dev.pharos.store.read.StreamLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A reader's answers in the texts of [ModelSummaries].
final class ChartTexts {
  private ChartTexts() {}

  static List<String> services(List<ServiceRequests> answer) {
    var lines = new ArrayList<String>();
    answer.forEach(each -> add("<" + each.service() + ">", each.requests(), lines));
    return sorted(lines);
  }

  static List<String> operations(List<OperationRequests> answer) {
    var lines = new ArrayList<String>();
    answer.forEach(each -> add("<" + each.name() + "> " + each.kind(), each.requests(), lines));
    return sorted(lines);
  }

  static List<String> senders(Senders answer) {
    var lines = new ArrayList<String>();
    for (Senders.Sender each : answer.senders()) {
      String sender =
          "<" + each.resource().get("service.name") + "> " + each.resource().get("service.version");
      for (int column = 0; column < each.spans().length; column++) {
        if (each.spans()[column] > 0) {
          lines.add("spans " + sender + " @" + column + ": " + each.spans()[column]);
        }
      }
      add(sender, each.requests(), lines);
    }
    for (Senders.PeerCalls each : answer.calls()) {
      String peer = each.peer().name() + "|" + each.peer().system();
      add("<" + each.service() + "> calls " + peer, each.calls(), lines);
    }
    return sorted(lines);
  }

  static List<String> edges(List<EdgeRequests> answer) {
    var lines = new ArrayList<String>();
    answer.forEach(
        each -> add("<" + each.client() + "> <" + each.server() + ">", each.requests(), lines));
    return sorted(lines);
  }

  private static void add(String line, Requests requests, List<String> into) {
    for (int column = 0; column < requests.calls().length; column++) {
      if (requests.calls()[column] > 0) {
        into.add(
            line
                + " @"
                + column
                + ": "
                + requests.calls()[column]
                + " calls, "
                + requests.errors()[column]
                + " errors, "
                + buckets(requests.durations()[column]));
      }
    }
  }

  private static Map<Integer, Long> buckets(Durations durations) {
    Map<Integer, Long> buckets = new TreeMap<>();
    for (int i = 0; i < durations.counts().length; i++) {
      if (durations.counts()[i] > 0) {
        buckets.put(durations.firstBucket() + i, durations.counts()[i]);
      }
    }
    return buckets;
  }

  static List<String> logs(List<StreamLogs> answer) {
    var lines = new ArrayList<String>();
    for (StreamLogs each : answer) {
      for (int column = 0; column < each.records().length; column++) {
        if (each.records()[column] > 0) {
          lines.add(
              "<"
                  + each.stream().get("service.name")
                  + "> "
                  + each.severity()
                  + " @"
                  + column
                  + ": "
                  + each.records()[column]
                  + ", "
                  + each.bytes()[column]
                  + " bytes");
        }
      }
    }
    return sorted(lines);
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }
}
