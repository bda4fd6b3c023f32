package io.yitong.hub.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallableNetworksTest {
  private static final CallableNetworks PUBLIC = CallableNetworks.of(List.of());
  private static final CallableNetworks NAMED =
      CallableNetworks.of(List.of("10.20.0.0/16", "127.0.0.0/8", " ::1", "fd12::/16"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "0.1.2.3",
        "198.18.0.1",
        "240.0.0.1",
        "::1",
        "fd12::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2130706433"
      })
  void a_private_address_is_not_called_unless_it_is_named(String address) throws Exception {
    assertThat(PUBLIC.callable(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "fe80::1",
        "::ffff:169.254.169.254",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "100.100.100.200",
        "fd00:ec2::254"
      })
  void a_metadata_service_is_never_called(String address) throws Exception {
    var everywhere = CallableNetworks.of(List.of("0.0.0.0/0", "::/0"));

    assertThat(everywhere.callable(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2400:3200::1", "11.0.0.1"})
  void a_public_address_is(String address) throws Exception {
    assertThat(PUBLIC.callable(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void what_is_named_is_called_and_its_neighbour_is_not() throws UnknownHostException {
    assertThat(NAMED.callable(InetAddress.getByName("10.20.255.1"))).isTrue();
    assertThat(NAMED.callable(InetAddress.getByName("10.21.0.1"))).isFalse();
    assertThat(NAMED.callable(InetAddress.getByName("127.0.0.1"))).isTrue();
    assertThat(NAMED.callable(InetAddress.getByName("::1"))).isTrue();
    assertThat(NAMED.callable(InetAddress.getByName("fd12::9"))).isTrue();
    assertThat(NAMED.callable(InetAddress.getByName("fd13::9"))).isFalse();
  }

  @Test
  void of_a_name_all_addresses_count() throws UnknownHostException {
    assertThat(
            PUBLIC.callable(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("127.0.0.1")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/x", "10.0.0", "::/129", "a.b/8"})
  void what_is_no_network_is_told(String text) {
    assertThatThrownBy(() -> CallableNetworks.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no network");
  }
}
