package dev.pharos.store.segment.filter;

import dev.pharos.store.segment.encoding.TokenVisitor;

/// Adds the hashes of tokens, as [Tokens] makes them, to a filter's. One thread.
public record TokenHashes(Hashes hashes) implements TokenVisitor {
  @Override
  public boolean isToken(int c) {
    return Tokens.isToken(c);
  }

  @Override
  public void token(byte[] bytes, int from, int to) {
    Tokens.ofToken(bytes, from, to, hashes);
  }

  @Override
  public void text(byte[] bytes, int from, int to) {
    Tokens.ofText(bytes, from, to, hashes);
  }
}
