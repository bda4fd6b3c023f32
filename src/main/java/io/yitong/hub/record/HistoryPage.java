package io.yitong.hub.record;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of a history.
 *
 * @param versions newest first
 * @param total of all pages; empty when there are more than are worth counting
 * @param next cursor of the next page; empty on the last
 */
public record HistoryPage(
    List<StoredResource> versions, OptionalLong total, Optional<String> next) {
  public HistoryPage {
    versions = List.copyOf(versions);
  }
}
