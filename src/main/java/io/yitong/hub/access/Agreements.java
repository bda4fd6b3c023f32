package io.yitong.hub.access;

import java.util.Optional;

/** What {@code access} must know of the agreements with other hubs; {@code exchange} answers. */
public interface Agreements {
  /** The agreement under which {@code client} (azp of its token) calls, in force or not. */
  Optional<Agreement> ofClient(String client);
}
