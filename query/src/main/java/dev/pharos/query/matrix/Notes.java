package dev.pharos.query.matrix;

/// Where an operator puts its warnings and infos: the query's annotations, with the operator's place in the query.
///
/// @param annotations of the query
/// @param place `line:column`, or empty
public record Notes(Annotations annotations, String place) {
  public void warn(String text) {
    annotations.warn(text, place);
  }

  public void inform(String text) {
    annotations.inform(text, place);
  }
}
