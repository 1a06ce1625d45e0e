package io.fairlead.sync.cluster;

import static io.fairlead.sync.cluster.SyncFixture.GSLB;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Credentials as kubectl has them: tokens, files of tokens, and programs that print one. */
@Timeout(120)
class CredentialsTest {
  @TempDir private Path directory;
  private final ScriptedApiServer east = ScriptedApiServer.start();

  @BeforeEach
  void start() {
    east.require("opensesame");
    east.putIngress("web", "a", GSLB, List.of("a.example.com"), List.of("192.0.2.1"));
  }

  @AfterEach
  void stop() {
    east.close();
  }

  private void user(String user) throws IOException {
    Files.writeString(
        directory.resolve("gslb-members"),
        """
        clusters: [ { name: c, cluster: { server: "%s" } } ]
        contexts: [ { name: east, context: { cluster: c, user: u } } ]
        users: [ { name: u, user: %s } ]
        """
            .formatted(east.url(), user));
  }

  private SyncFixture sync(String user) throws IOException {
    SyncFixture sync =
        SyncFixture.of(directory, SyncFixture.byApp(GSLB), Map.of("east", east.url()));
    user(user);
    return sync;
  }

  @Test
  void aToken() throws Exception {
    try (SyncFixture sync = sync("{ token: opensesame }")) {
      sync.heard.members("east", "a.example.com=192.0.2.1");
    }
  }

  @Test
  void aFileWithAToken() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "opensesame");
    try (SyncFixture sync = sync("{ tokenFile: \"" + token + "\" }")) {
      sync.heard.members("east", "a.example.com=192.0.2.1");
    }
  }

  @Test
  void aProgramThatPrintsAToken() throws Exception {
    Path program = directory.resolve("login");
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo '{ "apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
                "status": { "token": "'$TOKEN'" } }'
        """);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    String exec =
        """
        { exec: { apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never,
                  command: "%s", env: [ { name: TOKEN, value: opensesame } ] } }\
        """
            .formatted(program)
            .replace('\n', ' ');
    try (SyncFixture sync = sync(exec)) {
      sync.heard.members("east", "a.example.com=192.0.2.1");
    }
  }

  @Test
  void aTokenThatIsRevokedIsSaidAndAnotherInTheFileIsTaken() throws Exception {
    try (SyncFixture sync = sync("{ token: opensesame }")) {
      sync.heard.members("east", "a.example.com=192.0.2.1");
      east.require("another");
      east.endWatches();
      ClusterStatus refused = sync.heard.status("east", status -> !status.connected());
      assertThat(refused.reason()).contains("401: the credentials are not accepted");
      assertThat(sync.heard.now("east")).containsExactly("a.example.com=192.0.2.1");

      user("{ token: another }");
      sync.heard.status("east", ClusterStatus::connected);
    }
  }
}
