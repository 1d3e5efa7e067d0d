package dev.pharos.store.engine;

import java.time.Duration;

/// One signal's limits.
///
/// @param cutRows rows at which the head is cut
/// @param cutIdle how old the oldest row gets before a head that takes no more rows is cut
/// @param cutAge how old the oldest row gets at most
/// @param retention how long rows are kept; zero for ever
/// @param resendWindow how long a resend is told; zero for off
/// @param maxItemBytes an item with more is rejected alone
/// @param maxRequests requests that may wait for the log
/// @param minFreeBytes room on the disk below which nothing is taken, so that cuts and merges can still make room
/// @param background whether threads cut, merge and expire by themselves; otherwise the owner calls for it
public record EngineConfig(
    long cutRows,
    Duration cutIdle,
    Duration cutAge,
    Duration retention,
    Duration resendWindow,
    long maxItemBytes,
    int maxRequests,
    long minFreeBytes,
    boolean background) {}
