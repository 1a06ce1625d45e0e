package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.AdminSpec;
import io.fairlead.config.AdminSpec.Role;
import io.fairlead.config.file.ConfigLoader.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask the admin API, and what must be given before it leaves loopback. */
class AdminTest {
  private static final String FILE =
      """
      version: 1
      zones:
        - name: gslb.example.com
          contact: hostmaster.example.com
          nameServers: [ { name: ns1.gslb.example.com, addresses: ["127.0.0.1"] } ]
      admin: @ADMIN@
      """;

  @TempDir Path folder;

  private Result load(String admin) throws IOException {
    Files.writeString(folder.resolve("good.token"), "a-long-enough-secret\n");
    Files.writeString(folder.resolve("short.token"), "tiny\n");
    Files.writeString(folder.resolve("no.pem"), "no pem\n");
    return ConfigLoader.load(folder.resolve("fairlead.yaml"), FILE.replace("@ADMIN@", admin));
  }

  @Test
  void aTokenIsKeptAsItsHashAlone() throws IOException {
    Result result =
        load(
            "{ tokens: [ { name: ops, role: operate, file: good.token }, { name: all, role: read,"
                + " environment: PATH } ] }");

    assertThat(result).isInstanceOf(Result.Loaded.class);
    AdminSpec admin = ((Result.Loaded) result).config().admin();
    assertThat(admin.tls()).isNull();
    assertThat(admin.tokens()).extracting(AdminSpec.Token::name).containsExactly("ops", "all");
    assertThat(admin.tokens())
        .extracting(AdminSpec.Token::role)
        .containsExactly(Role.OPERATE, Role.READ);
    assertThat(admin.tokens().getFirst().sha256())
        .as("echo -n a-long-enough-secret | sha256sum")
        .isEqualTo("1d9bc28f4f099e188e634f27555e6a435b9c6f6d2c490175eee22ff2a5790b9a");
    assertThat(result.toString()).doesNotContain("a-long-enough-secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { listen: "0.0.0.0:8053" }                                                     | beyond loopback tls with certificate and key must be given
          { listen: "[::]:8053" }                                                        | beyond loopback tokens must be given
          { tokens: [ { name: a, role: read } ] }                                        | exactly one of file, environment
          { tokens: [ { name: a, role: read, file: good.token, environment: PATH } ] }   | exactly one of file, environment
          { tokens: [ { name: a, role: admin, file: good.token } ] }                     | allowed: read, push, operate
          { tokens: [ { name: a, role: read, file: nowhere } ] }                         | does not exist
          { tokens: [ { name: a, role: read, file: short.token } ] }                     | the token has 4 characters; allowed: 16 or more
          { tokens: [ { name: a, role: read, environment: NO_SUCH_VARIABLE_HERE } ] }    | there is no variable NO_SUCH_VARIABLE_HERE
          { tokens: [ { name: a, role: read, file: good.token }, { name: a, role: read, file: good.token } ] } | another token has this name
          { tls: { certificate: no.pem, key: no.pem } }                                  | the file has no certificate in PEM
          { tls: { certificate: no.pem, key: no.pem } }                                  | PKCS #8
          { tls: { certificate: no.pem } }                                               | the key is missing
          """)
  void whatIsWrongIsSaid(String admin, String words) throws IOException {
    Result result = load(admin);

    assertThat(result).isInstanceOf(Result.Refused.class);
    assertThat(((Result.Refused) result).problems().toString()).contains(words);
  }
}
