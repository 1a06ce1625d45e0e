package io.fairlead.server.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks over real sockets, and reads with code that is not ours. */
final class Ask {
  private final SimpleResolver udp;
  private final SimpleResolver tcp;

  Ask(InetSocketAddress udpServer, InetSocketAddress tcpServer) {
    this.udp = resolver(udpServer, false);
    this.tcp = resolver(tcpServer, true);
  }

  private static SimpleResolver resolver(InetSocketAddress server, boolean tcp) {
    var resolver = new SimpleResolver(server);
    resolver.setTCP(tcp);
    resolver.setTimeout(Duration.ofSeconds(10));
    return resolver;
  }

  Message udp(String name, int type) {
    return send(udp, name, type);
  }

  Message tcp(String name, int type) {
    return send(tcp, name, type);
  }

  /** Asks with a message of one's own, over UDP. */
  Message udp(Message query) {
    try {
      return udp.send(query);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Message send(SimpleResolver resolver, String name, int type) {
    try {
      return resolver.send(
          Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN)));
    } catch (TextParseException e) {
      throw new IllegalArgumentException(name, e);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** RDATA of the A records of one answer. */
  List<String> addresses(String name) {
    return udp(name, Type.A).getSection(Section.ANSWER).stream()
        .filter(record -> record.getType() == Type.A)
        .map(Record::rdataToString)
        .toList();
  }

  /** How often each address was in the answer to so many questions. */
  Map<String, Integer> share(String name, int questions) {
    var share = new TreeMap<String, Integer>();
    for (int i = 0; i < questions; i++) {
      addresses(name).forEach(address -> share.merge(address, 1, Integer::sum));
    }
    return share;
  }
}
