package dev.pharos.query.promql;

import java.util.List;

/// The answer to a query: its result, and what there is to say about it.
///
/// @param warnings whole texts, `PromQL warning: … (line:column)`
/// @param infos whole texts, `PromQL info: … (line:column)`
public record PromAnswer(PromResult result, List<String> warnings, List<String> infos) {}
