package io.yitong.hub.console;

import java.util.List;
import java.util.Optional;

/**
 * Who is signed in, and what the pages need to know of the hub.
 *
 * @param institution for which the user works; empty for the hub's own people
 * @param views the pages the user's roles open, in the order of the menu
 * @param timeZone in which times are shown
 */
record Session(
    String name,
    Optional<Text> institution,
    Text region,
    List<String> roles,
    List<String> views,
    String timeZone) {}
