package dev.pharos.transport;

/// Another socket holds the address of a listener.
public final class AddressInUseException extends TransportException {
  private static final long serialVersionUID = 1L;

  private final transient Address address;

  public AddressInUseException(Address address, Throwable cause) {
    super("address " + address + " is in use", cause);
    this.address = address;
  }

  public Address address() {
    return address;
  }
}
