package dev.pharos.demo;

/// One process of the shop.
///
/// @param service `storefront`, `orders` or `inventory`
/// @param instance unique among the processes that run at one time, except while a version replaces another
record Member(String service, String version, String instance) {
  @Override
  public String toString() {
    return instance + " " + version;
  }
}
