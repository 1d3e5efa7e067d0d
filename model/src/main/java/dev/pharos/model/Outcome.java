package dev.pharos.model;

import java.util.Optional;

/// What became of one source request once every part of it was answered.
///
/// @param rejectedItems items refused alone, while the rest was taken
/// @param reason the first reason for that, or the empty text
/// @param failure why the request as a whole was refused, if it was
public record Outcome(long rejectedItems, String reason, Optional<Failure> failure) {
  /// Everything was taken.
  public static final Outcome ACCEPTED = new Outcome(0, "", Optional.empty());
}
