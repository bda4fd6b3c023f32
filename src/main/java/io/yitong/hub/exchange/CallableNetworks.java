package io.yitong.hub.exchange;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Where a partner may live (CWE-918). On the public network anywhere; on a private one only where
 * the settings say so, since whoever writes the registry could have the hub ask addresses that only
 * the hub can reach. Cloud metadata services (link-local), broadcast and the like nowhere.
 *
 * @param named private networks partners are in
 */
record CallableNetworks(List<Network> named) {
  /** Of IPv4 and IPv6, besides what the platform knows as loopback and site-local. */
  private static final List<Network> PRIVATE =
      List.of(
          Network.parse("0.0.0.0/8"),
          Network.parse("100.64.0.0/10"),
          Network.parse("192.0.0.0/24"),
          Network.parse("198.18.0.0/15"),
          Network.parse("240.0.0.0/4"),
          Network.parse("fc00::/7"),
          Network.parse("64:ff9b::/96"),
          Network.parse("64:ff9b:1::/48"),
          Network.parse("2002::/16"),
          Network.parse("2001::/32"));

  /** Metadata services of clouds that are not link-local. */
  private static final List<Network> NEVER =
      List.of(
          Network.parse("100.100.100.200/32"),
          Network.parse("fd00:ec2::254/128"),
          Network.parse("255.255.255.255/32"));

  CallableNetworks {
    named = List.copyOf(named);
  }

  /**
   * @param networks {@code 10.20.0.0/16}
   * @throws IllegalArgumentException for what is none
   */
  static CallableNetworks of(List<String> networks) {
    return new CallableNetworks(networks.stream().map(String::trim).map(Network::parse).toList());
  }

  /** Whatever the name stands for: all of its addresses have to be allowed. */
  boolean callable(InetAddress... addresses) {
    return Arrays.stream(addresses).allMatch(this::callable);
  }

  private boolean callable(InetAddress address) {
    if (address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || address.isAnyLocalAddress()
        || within(NEVER, address)) {
      return false;
    }
    return !isPrivate(address) || within(named, address);
  }

  private static boolean isPrivate(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address instanceof Inet6Address six && six.isIPv4CompatibleAddress()
        || within(PRIVATE, address);
  }

  private static boolean within(List<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> network.holds(address));
  }

  /** Addresses that begin alike. */
  record Network(InetAddress first, int bits) {
    static Network parse(String text) {
      var slash = text.indexOf('/');
      var address = slash < 0 ? text : text.substring(0, slash);
      // a name would be asked for: digits, dots and colons are no name
      if (!address.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
        throw new IllegalArgumentException("no network: " + text);
      }
      try {
        var first = InetAddress.getByName(address);
        var most = first.getAddress().length * Byte.SIZE;
        var bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > most) {
          throw new IllegalArgumentException("no network: " + text);
        }
        return new Network(first, bits);
      } catch (UnknownHostException | NumberFormatException e) {
        throw new IllegalArgumentException("no network: " + text, e);
      }
    }

    boolean holds(InetAddress address) {
      var mine = first.getAddress();
      var other = address.getAddress();
      if (mine.length != other.length) {
        return false;
      }
      for (var bit = 0; bit < bits; bit++) {
        var mask = 0x80 >> bit % Byte.SIZE;
        if ((mine[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
