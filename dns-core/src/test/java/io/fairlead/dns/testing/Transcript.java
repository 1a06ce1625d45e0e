package io.fairlead.dns.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A reply as lines of text, read by dnsjava: the response code with what is special about the
 * header, then each record after AN, AU or AD, then what OPT says. The question is not in it: it is
 * the query's, octet by octet, or the first line says "no question".
 */
public final class Transcript {
  private Transcript() {}

  public static String of(byte[] query, byte[] reply) {
    if (reply.length == 0) {
      return "nothing";
    }
    Message message = Asker.parse(reply);
    assertThat(message.getHeader().getID()).isEqualTo(Asker.id(query));
    List<String> lines = new ArrayList<>();
    lines.add(headline(message, query, reply));
    add(lines, "AN", message, Section.ANSWER);
    add(lines, "AU", message, Section.AUTHORITY);
    add(lines, "AD", message, Section.ADDITIONAL);
    if (message.getOPT() != null) {
      lines.add(opt(message.getOPT()));
    }
    return String.join("\n", lines);
  }

  private static String headline(Message message, byte[] query, byte[] reply) {
    Header header = message.getHeader();
    List<String> words = new ArrayList<>();
    words.add(Rcode.string(message.getRcode()));
    if (header.getOpcode() != Opcode.QUERY) {
      words.add("opcode" + header.getOpcode());
    }
    assertThat(header.getFlag(Flags.QR)).isTrue();
    for (int flag : List.of(Flags.AA, Flags.TC, Flags.RD, Flags.RA, Flags.AD, Flags.CD)) {
      if (header.getFlag(flag)) {
        words.add(Flags.string(flag));
      }
    }
    if (header.getCount(Section.QUESTION) == 0) {
      words.add("no question");
    } else {
      int end = 12 + message.getQuestion().getName().length() + 4;
      assertThat(Arrays.copyOfRange(reply, 12, end))
          .as("the question as it was asked")
          .isEqualTo(Arrays.copyOfRange(query, 12, end));
    }
    return String.join(" ", words);
  }

  private static void add(List<String> lines, String section, Message message, int number) {
    for (Record record : message.getSection(number)) {
      if (record.getType() != Type.OPT) {
        lines.add(
            String.join(
                " ",
                section,
                record.getName().toString(),
                Long.toString(record.getTTL()),
                Type.string(record.getType()),
                record.rdataToString()));
      }
    }
  }

  private static String opt(OPTRecord opt) {
    assertThat(opt.getVersion()).isZero();
    assertThat(opt.getFlags() & ~ExtendedFlags.DO).as("Z of OPT").isZero();
    String options =
        opt.getOptions().stream().map(Transcript::option).collect(Collectors.joining());
    String dnssec = opt.getFlags() == 0 ? "" : " do";
    return "OPT " + opt.getPayloadSize() + dnssec + options;
  }

  private static String option(EDNSOption option) {
    return switch (option) {
      case ClientSubnetOption subnet ->
          " ecs %s/%d/%d"
              .formatted(
                  subnet.getAddress().getHostAddress(),
                  subnet.getSourcePrefixLength(),
                  subnet.getScopePrefixLength());
      case ExtendedErrorCodeOption error -> " ede " + error.getErrorCode();
      default -> " option" + option.getCode();
    };
  }
}
