package dev.pharos.model;

/// What parcels have to agree in before they may be joined.
public record Partition(Tenant tenant, Metadata metadata) {}
