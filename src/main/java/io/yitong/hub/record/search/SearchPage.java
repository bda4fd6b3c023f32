package io.yitong.hub.record.search;

import io.yitong.hub.record.StoredResource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of a search.
 *
 * @param matches in the order asked for
 * @param included what includes brought, no resource twice
 * @param total when it was asked for
 * @param next cursor of the next page; empty on the last
 * @param previous cursor of the page before; empty on the first
 * @param includedAll false when there was more to include than a page may hold
 */
public record SearchPage(
    List<StoredResource> matches,
    List<StoredResource> included,
    OptionalLong total,
    Optional<String> next,
    Optional<String> previous,
    boolean includedAll) {}
