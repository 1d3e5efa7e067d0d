package dev.pharos.store.segment.encoding;

/// Writes the texts of one column block after block as [TextCodec] does, and keeps between blocks what it learned of
/// their shapes. One thread.
public final class TextEncoder {
  private final ShapeEncoder shapes = new ShapeEncoder();
  private boolean split;

  public void encode(Texts texts, ByteSink out) {
    split = TextCodec.encode(texts, shapes, out);
  }

  /// Visits the tokens of the texts encoded last, which are given again.
  public void visitTokens(Texts texts, TokenVisitor visitor) {
    if (split) {
      shapes.visitTokens(texts, visitor);
      return;
    }
    for (int i = 0; i < texts.count(); i++) {
      visitor.text(texts.bytes(), texts.from()[i], texts.to()[i]);
    }
  }
}
