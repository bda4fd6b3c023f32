package io.yitong.hub.access.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The table access/matrix.txt. */
final class Matrix {
  static final List<String> COLUMNS =
      List.of("Patient", "Encounter", "Lab", "Vital", "Report", "Condition", "HIV", "Organization");

  private static final String INTERACTION = "= ";

  /**
   * One cell.
   *
   * @param given as typed: {@code +} or {@code -}
   */
  record Cell(String interaction, String role, String relationship, String column, boolean given) {
    @Override
    public String toString() {
      return "%s | %s | %s | %s".formatted(interaction, role, relationship, column);
    }

    /** Whether they differ in one of the four alone. */
    boolean isBeside(Cell other) {
      var same = 0;
      same += interaction.equals(other.interaction) ? 1 : 0;
      same += role.equals(other.role) ? 1 : 0;
      same += relationship.equals(other.relationship) ? 1 : 0;
      same += column.equals(other.column) ? 1 : 0;
      return same == 3;
    }
  }

  private Matrix() {}

  static List<Cell> cells() {
    var cells = new ArrayList<Cell>();
    var interaction = "";
    for (var line : text().lines().toList()) {
      if (line.startsWith(INTERACTION)) {
        interaction = line.substring(INTERACTION.length());
      } else if (!interaction.isEmpty() && !line.isBlank() && !line.startsWith(" ")) {
        var words = line.split("\\s+", -1);
        for (var i = 0; i < COLUMNS.size(); i++) {
          var mark = words[i + 2];
          if (!mark.equals(".")) {
            cells.add(new Cell(interaction, words[0], words[1], COLUMNS.get(i), isGiven(mark)));
          }
        }
      }
    }
    return cells;
  }

  private static boolean isGiven(String mark) {
    return switch (mark) {
      case "+" -> true;
      case "-" -> false;
      default -> throw new IllegalStateException("matrix.txt: " + mark);
    };
  }

  private static String text() {
    try (var file =
        Objects.requireNonNull(Matrix.class.getResourceAsStream("/access/matrix.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
