package io.yitong.hub.launch.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A piece of a request with its holes found beforehand, so that making a request costs no more than
 * copying bytes.
 */
final class Template {
  private final byte[] bytes;
  private final List<Place> places;

  private record Place(Hole hole, int at) {}

  private Template(byte[] bytes, List<Place> places) {
    this.bytes = bytes;
    this.places = List.copyOf(places);
  }

  /**
   * @param text with each hole as its name in angle brackets
   */
  static Template of(String text) {
    var source = text.getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream(source.length * 2);
    var places = new ArrayList<Place>();
    for (var at = 0; at < source.length; ) {
      var hole = holeAt(source, at);
      if (hole.isPresent()) {
        places.add(new Place(hole.get(), bytes.size()));
        bytes.writeBytes(" ".repeat(hole.get().width).getBytes(StandardCharsets.US_ASCII));
        at += hole.get().mark().length;
      } else {
        bytes.write(source[at++]);
      }
    }
    return new Template(bytes.toByteArray(), places);
  }

  private static Optional<Hole> holeAt(byte[] source, int at) {
    return Stream.of(Hole.values()).filter(hole -> startsWith(source, at, hole.mark())).findFirst();
  }

  private static boolean startsWith(byte[] source, int at, byte[] mark) {
    return at + mark.length <= source.length
        && java.util.Arrays.equals(source, at, at + mark.length, mark, 0, mark.length);
  }

  int length() {
    return bytes.length;
  }

  /** Copies itself with the holes filled. */
  void write(byte[][] values, byte[] target, int to) {
    System.arraycopy(bytes, 0, target, to, bytes.length);
    for (var place : places) {
      System.arraycopy(values[place.hole.ordinal()], 0, target, to + place.at, place.hole.width);
    }
  }

  /** Where in it the hole is. */
  int placeOf(Hole hole) {
    return places.stream()
        .filter(place -> place.hole == hole)
        .mapToInt(Place::at)
        .findFirst()
        .orElseThrow();
  }
}
