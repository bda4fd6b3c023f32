package io.yitong.hub.exchange;

import java.net.URI;
import java.util.Set;

/**
 * Which addresses the hub calls: those of the registry and what lies below a registered base,
 * nothing a partner's answer or redirect may name besides (CWE-918).
 */
final class PartnerAddress {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private PartnerAddress() {}

  /**
   * @throws IllegalArgumentException for what is not a plain http or https URL
   */
  static URI parse(String address) {
    var uri = URI.create(address).normalize();
    if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("not an http or https address: " + address);
    }
    if (uri.getUserInfo() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException("an address with credentials or a fragment: " + address);
    }
    return uri;
  }

  /** A FHIR base: without query, without a slash at its end. */
  static URI base(String address) {
    var uri = parse(address);
    if (uri.getQuery() != null) {
      throw new IllegalArgumentException("a FHIR base has no query: " + address);
    }
    return URI.create(uri.toString().replaceAll("/+$", ""));
  }

  /**
   * A link of a partner's answer, made absolute.
   *
   * @throws IllegalArgumentException when it leads out of {@code base}
   */
  static URI below(URI base, String link) {
    var uri = parse(URI.create(base + "/").resolve(link).toString());
    var same =
        uri.getScheme().equals(base.getScheme())
            && uri.getHost().equalsIgnoreCase(base.getHost())
            && uri.getPort() == base.getPort();
    var path = uri.getPath();
    if (!same || !(path.equals(base.getPath()) || path.startsWith(base.getPath() + "/"))) {
      throw new IllegalArgumentException("a link out of " + base);
    }
    return uri;
  }
}
