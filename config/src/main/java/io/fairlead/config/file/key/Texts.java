package io.fairlead.config.file.key;

import io.fairlead.dns.wire.Name;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Names and other text that has a form. */
public final class Texts {
  /** What an operator names: it stands in URLs, labels of metrics and command lines. */
  public static final TextValue<String> LABEL =
      matching(
          "a name of 1 to 63 letters, digits, '-', '_' and '.', the first a letter or a digit",
          "[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,62}");

  /** The name of something that others named: a context of a kubeconfig. */
  public static final TextValue<String> FOREIGN_NAME =
      matching("a name of 1 to 253 characters", "\\P{Cc}{1,253}");

  /** What goes into a request as its Host, and into a handshake as SNI. */
  public static final TextValue<String> HOST =
      matching("a host name, an address, or either with a port", "[A-Za-z0-9._\\-\\[\\]:]{1,259}");

  /** An HTTP request target: nothing in it can end the line that it stands in. */
  public static final TextValue<String> HTTP_PATH =
      matching("a path from the slash on, without spaces, such as /healthz", "/[!-~]{0,2047}");

  /** What a server calls itself on the wire: one line of text. */
  public static final TextValue<String> NSID =
      matching("text of 1 to 128 printable ASCII characters", "[ -~]{1,128}");

  public static final TextValue<String> ANY = new TextValue<>("text", "", Function.identity());

  public static final TextValue<Path> PATH = new TextValue<>("a path", Path.of(""), Path::of);

  public static final TextValue<Name> DOMAIN_NAME =
      new TextValue<>("a domain name, such as gslb.example.com", Name.ROOT, Name::parse);

  /** What a CNAME can point to. */
  public static final TextValue<Name> TARGET_NAME =
      new TextValue<>(
          "the domain name of a host, such as cdn.example.net",
          Name.ROOT,
          text -> {
            Name name = Name.parse(text);
            if (name.isRoot() || name.isWildcard()) {
              throw new IllegalArgumentException(Quote.of(text) + " is the name of no host");
            }
            return name;
          });

  /** The SOA's RNAME, which people know as an e-mail address. */
  public static final TextValue<Name> MAILBOX =
      new TextValue<>(
          "an e-mail address written as a domain name, such as hostmaster.example.com",
          Name.ROOT,
          text -> {
            int at = text.indexOf('@');
            if (at >= 0) {
              // RFC 1035 section 8: dots before the @ become escaped ones of the first label.
              String asName =
                  text.substring(0, at).replace(".", "\\.") + "." + text.substring(at + 1);
              throw new IllegalArgumentException(Quote.of(text) + " has an @; write " + asName);
            }
            return Name.parse(text);
          });

  private Texts() {}

  /** Text of one's own form. */
  public static TextValue<String> matching(String allowed, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return new TextValue<>(
        allowed,
        "",
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(Quote.of(text) + " does not fit");
          }
          return text;
        });
  }
}
