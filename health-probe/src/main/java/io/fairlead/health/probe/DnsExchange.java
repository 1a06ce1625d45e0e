package io.fairlead.health.probe;

import io.fairlead.health.spec.Check;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryEncoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** One query over UDP, without recursion desired: the target is asked for what it has itself. */
final class DnsExchange extends Exchange {
  private final Check.Dns check;
  private final int id;

  /**
   * @param id of the message, 16 bits
   */
  DnsExchange(InetSocketAddress remote, Consumer<ProbeResult> done, Check.Dns check, int id) {
    super(remote, done);
    this.check = check;
    this.id = id;
  }

  @Override
  void opened(ChannelHandlerContext ctx) {
    ctx.pipeline()
        .addBefore(ctx.name(), null, new DatagramDnsQueryEncoder())
        .addBefore(ctx.name(), null, new DatagramDnsResponseDecoder());
    var question = new DefaultDnsQuestion(check.name(), DnsRecordType.valueOf(check.type()));
    var query = new DatagramDnsQuery(null, remote(), id).setRecursionDesired(false);
    send(ctx, query.addRecord(DnsSection.QUESTION, question));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    // Another id is an answer to somebody else, or forged: the right one may still come.
    if (message instanceof DatagramDnsResponse response && response.id() == id) {
      finish(judge(response));
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  ProbeResult closed() {
    return new ProbeResult.Failed("closed before an answer");
  }

  private ProbeResult judge(DatagramDnsResponse response) {
    DnsResponseCode code = response.code();
    if (check.rcode() != Check.Dns.ANY_RCODE && check.rcode() != code.intValue()) {
      return new ProbeResult.Failed(
          "answered " + text(code) + ", expected " + text(DnsResponseCode.valueOf(check.rcode())));
    }
    Set<InetAddress> addresses = addresses(response);
    if (!check.addresses().isEmpty() && check.addresses().stream().noneMatch(addresses::contains)) {
      return new ProbeResult.Failed(
          "answered " + text(addresses) + ", expected " + text(check.addresses()));
    }
    return new ProbeResult.Passed(
        "answered " + text(code) + ", " + response.count(DnsSection.ANSWER) + " records");
  }

  private static Set<InetAddress> addresses(DatagramDnsResponse response) {
    var addresses = new LinkedHashSet<InetAddress>();
    for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
      if (response.recordAt(DnsSection.ANSWER, i) instanceof DnsRawRecord raw
          && (raw.type().equals(DnsRecordType.A) || raw.type().equals(DnsRecordType.AAAA))) {
        try {
          addresses.add(InetAddress.getByAddress(ByteBufUtil.getBytes(raw.content())));
        } catch (UnknownHostException _) {
          // neither four octets nor sixteen: not an address, whatever its type says
        }
      }
    }
    return addresses;
  }

  /** As files and other tools say it: "NXDOMAIN(3)". */
  private static String text(DnsResponseCode code) {
    return code.toString().toUpperCase(Locale.ROOT);
  }

  private static String text(Set<InetAddress> addresses) {
    if (addresses.isEmpty()) {
      return "no address";
    }
    var text = new StringBuilder();
    for (InetAddress address : addresses) {
      text.append(text.isEmpty() ? "" : ", ").append(address.getHostAddress());
    }
    return Reasons.printable(text.toString());
  }
}
