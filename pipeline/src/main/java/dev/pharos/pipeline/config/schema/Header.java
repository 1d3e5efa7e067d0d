package dev.pharos.pipeline.config.schema;

/// A header that a client adds to its requests, or a server to its answers.
public record Header(String name, Secret value) {}
