package io.fairlead.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.Serial;
import java.net.InetAddress;

/** Addresses as literals, whatever host name they may carry. */
final class AddressSerializer extends StdSerializer<InetAddress> {
  @Serial private static final long serialVersionUID = 1;

  AddressSerializer() {
    super(InetAddress.class);
  }

  @Override
  public void serialize(InetAddress address, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    json.writeString(address.getHostAddress());
  }
}
