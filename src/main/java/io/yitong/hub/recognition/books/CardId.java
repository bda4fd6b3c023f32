package io.yitong.hub.recognition.books;

import java.util.Optional;
import java.util.UUID;

/** A card shown to a doctor; feedback names it. */
public record CardId(UUID value) {
  public static CardId random() {
    return new CardId(UUID.randomUUID());
  }

  public static Optional<CardId> parse(String written) {
    try {
      return Optional.of(new CardId(UUID.fromString(written)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
