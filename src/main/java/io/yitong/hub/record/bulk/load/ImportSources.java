package io.yitong.hub.record.bulk.load;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The servers that files are fetched from: those named in the settings and no others, or a caller
 * could have the hub ask addresses that only the hub can reach.
 */
@ApplicationScoped
public class ImportSources {
  private static final String ANY_PORT = ":*";

  private final List<String> origins;

  /**
   * @param origins {@code https://files.example.org}, with a port where it is not the scheme's own;
   *     {@code :*} for any
   */
  ImportSources(@ConfigProperty(name = "yitong.bulk.import-from") Optional<List<String>> origins) {
    this.origins =
        origins.orElse(List.of()).stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * @throws HubException IMPORT_SOURCE_REFUSED
   */
  public URI check(String url) {
    var uri = parse(url);
    if (uri.getHost() == null || uri.getRawUserInfo() != null || !isAllowed(uri)) {
      throw refused(url);
    }
    return uri;
  }

  private boolean isAllowed(URI uri) {
    var host = (uri.getScheme() + "://" + uri.getHost()).toLowerCase(Locale.ROOT);
    var origin = uri.getPort() < 0 ? host : host + ":" + uri.getPort();
    return (host.startsWith("https:") || host.startsWith("http:"))
        && (origins.contains(origin) || origins.contains(host + ANY_PORT));
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw refused(url);
    }
  }

  private static HubException refused(String url) {
    return new HubException(ErrorCode.IMPORT_SOURCE_REFUSED, "input.url", url);
  }
}
