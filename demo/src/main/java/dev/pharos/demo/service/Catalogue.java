package dev.pharos.demo.service;

import java.util.List;

/// What the shop sells and where to, and what of it its faults are about.
public final class Catalogue {
  public static final List<String> PRODUCTS =
      List.of(
          "oil-lamp",
          "brass-compass",
          "sextant",
          "signal-flag",
          "fog-horn",
          "chart-table",
          "ship-bell",
          "spyglass",
          "rope-ladder",
          "anchor-chain",
          "deck-lantern",
          "tide-clock");
  public static final List<String> REGIONS =
      List.of("eu-north", "us-east", "eu-south", "us-west", "ap-east");

  /// The product of [Fault#SLOW_PRODUCT].
  public static final String SLOW_PRODUCT = "brass-compass";

  /// The region of [Fault#FAILING_REGION].
  public static final String FAILING_REGION = "eu-south";

  /// The version of inventory that belongs to [Fault#SLOW_QUERY], and the one without it.
  public static final String SLOW_INVENTORY = "1.5.0";

  public static final String SOUND_INVENTORY = "1.4.2";

  /// The instance of [Fault#DYING_INSTANCE].
  public static final String DYING_INSTANCE = "orders-2";

  private Catalogue() {}
}
