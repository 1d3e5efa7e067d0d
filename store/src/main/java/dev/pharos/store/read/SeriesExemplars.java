package dev.pharos.store.read;

import dev.pharos.model.Labels;
import java.util.List;

/// The exemplars of one series in ascending time.
public record SeriesExemplars(Labels series, List<Exemplar> exemplars) {}
