package dev.pharos.pipeline.queue;

import dev.pharos.pipeline.component.Component;
import dev.pharos.pipeline.component.Sending;

/// What an exporter sends one signal by.
public interface SendingQueue extends Component {
  /// How its sending goes now.
  Sending sending();
}
