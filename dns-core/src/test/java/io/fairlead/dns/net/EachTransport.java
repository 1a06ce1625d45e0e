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

/** The whole test class runs once on epoll and once on NIO, and no buffer may leak. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NoLeaks.class)
@ParameterizedClass
@MethodSource("io.fairlead.dns.net.EachTransport$Source#transports")
@Timeout(120)
@interface EachTransport {
  /** Linux must have both: an epoll that does not load is a failure there, not a reason to skip. */
  final class Source {
    private Source() {}

    static Stream<NettyTransport> transports() {
      return System.getProperty("os.name").equals("Linux")
          ? Stream.of(NettyTransport.values())
          : Stream.of(NettyTransport.NIO);
    }
  }
}
