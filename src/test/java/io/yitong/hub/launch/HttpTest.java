package io.yitong.hub.launch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class HttpTest {
  @Test
  void where_nothing_answers_the_way_out_is_named() throws IOException {
    var address = URI.create("http://localhost:%d/".formatted(closedPort()));

    assertThatThrownBy(() -> new Http().get(address, null))
        .isInstanceOf(LaunchFailure.class)
        .hasMessage("Nothing answers at %s: is it running? ./yitong up", address);
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
