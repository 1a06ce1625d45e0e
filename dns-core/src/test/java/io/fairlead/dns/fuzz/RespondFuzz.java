package io.fairlead.dns.fuzz;

import io.fairlead.dns.cookie.CookieSecret;
import io.fairlead.dns.cookie.CookieSecrets;
import io.fairlead.dns.cookie.ServerCookies;
import io.fairlead.dns.query.AnswerRules;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.QueryHandler;
import io.fairlead.dns.query.SnapshotCell;
import io.fairlead.dns.query.Transport;
import io.fairlead.dns.testing.Asker;
import io.fairlead.dns.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/**
 * Any octets to a server of everything: nothing is thrown, and whatever is sent is a reply to them
 * that dnsjava reads. The first octet chooses the transport.
 */
public final class RespondFuzz {
  private static final int UDP_MOST = 1232;

  private static final Asker ASKER = asker();

  private RespondFuzz() {}

  private static Asker asker() {
    var cell = new SnapshotCell();
    cell.publish(
        new World()
            .zone(
                "example",
                """
                www     300 CNAME fruit
                *.wild  300 TXT   wild
                *.mail  300 MX    10 www
                sub     300 NS    ns.sub
                ns.sub  300 A     192.0.2.1
                old     300 DNAME wild
                deep    300 DNAME %s
                loop    300 CNAME loop
                large   300 TYPE65280 \\# 1300 %s
                svc     300 HTTPS 1 www alpn=h2
                """
                    .formatted(("z".repeat(60) + ".").repeat(3) + "wild", "00".repeat(1300)))
            .zone("child.example", "a 300 A 192.0.2.2")
            .service(
                "fruit.example",
                List.of(World.addresses(2, (_, _, _, choice) -> choice.take(0), "192.0.2.1")))
            .snapshot());
    var cookies =
        new ServerCookies(
            InstantSource.fixed(Instant.EPOCH), CookieSecrets.of(new CookieSecret(1, 2)));
    var edns = new EdnsSettings(UDP_MOST, "fuzz", Duration.ofSeconds(10));
    return new Asker(new QueryHandler(cell, new AnswerRules(edns, cookies, null)));
  }

  /** One execution; what is wrong is thrown. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0 || input.length > 65_535) {
      return;
    }
    Transport transport = input[0] % 2 == 0 ? Transport.UDP : Transport.TCP;
    byte[] reply = ASKER.over(transport).send(input);
    if (reply.length == 0) {
      return;
    }
    if (transport == Transport.UDP && reply.length > UDP_MOST) {
      throw new IllegalStateException("a datagram of " + reply.length + " octets");
    }
    Message read = read(reply);
    if (read == null) {
      return;
    }
    if (read.getHeader().getID() != Asker.id(input)
        || !read.getHeader().getFlag(Flags.QR)
        || read.getHeader().getFlag(Flags.RA)) {
      throw new IllegalStateException("no reply to it: " + read);
    }
  }

  /** Null where it has a client subnet of family 0, which dnsjava cannot read and dig sends. */
  private static @Nullable Message read(byte[] reply) {
    try {
      return new Message(reply);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).equals("unknown address family")) {
        return null;
      }
      throw new UncheckedIOException(e);
    }
  }
}
