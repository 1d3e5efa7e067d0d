package dev.pharos.insight.compare;

import dev.pharos.insight.compare.Ranking.Share;
import java.util.List;

/// The value of an attribute that differs most, with how many spans have it.
///
/// @param values as in [Ranking.Row]
record Candidate(Term term, long inside, long outside, List<Share> values) {}
