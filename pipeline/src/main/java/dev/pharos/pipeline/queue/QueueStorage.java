package dev.pharos.pipeline.queue;

import dev.pharos.log.DurableLog;
import dev.pharos.log.FrameVisitor;
import dev.pharos.pipeline.component.Extension;

/// An extension that keeps sending queues on disk. Any thread.
public interface QueueStorage extends Extension {
  /// Opens the log of a queue and replays what it holds; one at a time has it open. The caller closes it.
  ///
  /// @param queue any text; the same one finds the same log again
  DurableLog open(String queue, FrameVisitor visitor);
}
