package dev.pharos.log;

/// The place in the code that asks for a force, and by its name the reason for it.
///
/// A disk for tests leaves out the forces of one site, which is how tests prove that every site is needed. Each site is
/// a constant beside the code that uses it, named `part.reason`.
public record ForceSite(String name) {}
