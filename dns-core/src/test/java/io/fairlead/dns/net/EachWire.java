package io.fairlead.dns.net;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole test class runs once over each {@link Wire}, and no buffer may leak. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NoLeaks.class)
@ParameterizedClass
@MethodSource("io.fairlead.dns.net.EachWire$Source#wires")
@Timeout(120)
@interface EachWire {
  /** Linux must have all: one that does not load is a failure there, not a reason to skip. */
  final class Source {
    private Source() {}

    static Stream<Wire> wires() {
      return System.getProperty("os.name").equals("Linux")
          ? Stream.of(Wire.values())
          : Stream.of(Wire.NIO);
    }
  }
}
