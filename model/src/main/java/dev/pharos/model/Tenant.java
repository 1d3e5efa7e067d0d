package dev.pharos.model;

import java.util.regex.Pattern;

/// Whose data it is. The name is 1 to 150 characters of `[A-Za-z0-9!_.*'()-]`, as in Loki's and Tempo's
/// `X-Scope-OrgID`.
public record Tenant(String name) {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9!_.*'()-]{1,150}");

  /// The tenant of everything while tenants are off.
  public static final Tenant DEFAULT = new Tenant("default");

  /// @throws IllegalArgumentException if the name is not valid
  public Tenant {
    if (!VALID.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "tenant: \"" + name + "\" (expected: 1 to 150 of A-Z a-z 0-9 ! _ . * ' ( ) -)");
    }
  }
}
