package io.yitong.hub.exchange;

import io.yitong.hub.exchange.PartnerFault.Late;
import io.yitong.hub.exchange.PartnerFault.Refused;
import io.yitong.hub.exchange.PartnerFault.Unreachable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP to partners: to an end by the deadline whatever the other side does, redirects not followed,
 * answers of bounded size.
 */
final class PartnerHttp {
  /** Enough for some thousand results; a page is a few hundred. */
  private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

  private final CallableNetworks networks;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .followRedirects(Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  PartnerHttp(CallableNetworks networks) {
    this.networks = networks;
  }

  /** A reply with a JSON body; {@code status} is never 3xx or 5xx. */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Reply(int status, byte[] body) {
    boolean ok() {
      return status >= 200 && status < 300;
    }
  }

  Reply send(HttpRequest request, Deadline deadline) throws PartnerFault {
    requireCallable(request);
    var sent = client.sendAsync(request, info -> new BoundedBody(LARGEST_ANSWER));
    try {
      return usable(sent.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new Late();
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new Late();
    } catch (ExecutionException e) {
      throw new Unreachable(String.valueOf(e.getCause()));
    }
  }

  private void requireCallable(HttpRequest request) throws PartnerFault {
    try {
      if (!networks.callable(InetAddress.getAllByName(host(request)))) {
        throw new Refused("the address " + request.uri().getHost() + " is not called");
      }
    } catch (UnknownHostException e) {
      throw new Unreachable("no such host: " + request.uri().getHost());
    }
  }

  /** Without the brackets of an IPv6 address. */
  private static String host(HttpRequest request) {
    var host = request.uri().getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static Reply usable(HttpResponse<byte[]> response) throws PartnerFault {
    var status = response.statusCode();
    if (status >= 500) {
      throw new Unreachable("HTTP " + status);
    }
    if (status >= 300 && status < 400) {
      throw new Refused("HTTP " + status + ": redirects are not followed");
    }
    var type = response.headers().firstValue("Content-Type").orElse("");
    if (status < 300 && !type.contains("json")) {
      throw new Refused("content of type '" + type + "' instead of FHIR JSON");
    }
    return new Reply(status, response.body());
  }
}
