package io.yitong.hub.api.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a body that is announced as too large before any of it is read. One that is sent without
 * announcement is read up to the limit.
 */
@Provider
@Singleton
public class RefuseTooLarge implements ContainerRequestFilter {
  /** Behind the server's own limit, which says none, and before whatever reads bodies. */
  private static final int AFTER_THE_SERVERS = -1;

  private static final int BLOCK = 1 << 20;

  /** Where files arrive rather than resources. */
  private static final Set<String> UPLOADS = Set.of("/fhir/$import", "/fhir/%24import");

  private final HttpServerRequest request;
  private final long largest;
  private final long largestUpload;

  RefuseTooLarge(
      HttpServerRequest request,
      @ConfigProperty(name = "yitong.requests.largest") MemorySize largest,
      @ConfigProperty(name = "yitong.bulk.largest-upload") MemorySize largestUpload) {
    this.request = request;
    this.largest = largest.asLongValue();
    this.largestUpload = largestUpload.asLongValue();
  }

  void readNoMore(@Observes Router router) {
    router
        .route()
        .order(AFTER_THE_SERVERS)
        .handler(
            context -> {
              var path = context.request().path();
              // Where the server breaks off; the hub has counted and answered before.
              var most = (UPLOADS.contains(path) ? largestUpload : largest) + BLOCK;
              context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, most);
              context.next();
            });
  }

  @Override
  public void filter(ContainerRequestContext context) {
    if (context.getMethod().equals("GET") || context.getMethod().equals("HEAD")) {
      return; // no body is read
    }
    var most = UPLOADS.contains(request.path()) ? largestUpload : largest;
    var length = context.getHeaderString("Content-Length");
    if (announced(length) > most) {
      throw tooLarge(most);
    }
    if (length == null && request.version() == HttpVersion.HTTP_2
        || "chunked".equalsIgnoreCase(context.getHeaderString("Transfer-Encoding"))) {
      context.setEntityStream(new Counted(context.getEntityStream(), most));
    }
  }

  /** What is still being sent is thrown away, so that the answer arrives. */
  private HubException tooLarge(long most) {
    request.resume();
    return new HubException(ErrorCode.REQUEST_TOO_LARGE, "", most);
  }

  /** A body of which it is not known how long it will be. */
  private final class Counted extends FilterInputStream {
    private final long most;
    private long read;

    Counted(InputStream in, long most) {
      super(in);
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      var one = super.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] block, int from, int length) throws IOException {
      var some = super.read(block, from, length);
      count(Math.max(0, some));
      return some;
    }

    private void count(int more) {
      read += more;
      if (read > most) {
        throw tooLarge(most);
      }
    }
  }

  private static long announced(String length) {
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0; // the server refuses it
    }
  }
}
