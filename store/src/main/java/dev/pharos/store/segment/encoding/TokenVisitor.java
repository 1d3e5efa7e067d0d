package dev.pharos.store.segment.encoding;

/// Takes the tokens of texts, which are the longest runs of bytes of its choice, so that those that many texts share
/// come once. Every byte of a word (see [Words]) belongs to a token.
public interface TokenVisitor {
  boolean isToken(int c);

  /// A token of one text or of many.
  void token(byte[] bytes, int from, int to);

  /// Bytes to be searched for tokens: a text, or a part of one that begins and ends where tokens do.
  void text(byte[] bytes, int from, int to);
}
