package io.yitong.hub.access.audit.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Checkpoints as files, to be copied to where whoever can change the database cannot. */
final class CheckpointFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEGINNING = "checkpoint-";

  private static final Logger LOG = Logger.getLogger(CheckpointFiles.class);

  private final Path folder;

  CheckpointFiles(Path folder) {
    this.folder = folder;
  }

  /** Whole or not at all; never over another. */
  void write(SignedStatement signed) throws IOException {
    Files.createDirectories(folder);
    var file = folder.resolve("%s%06d.json".formatted(BEGINNING, signed.number()));
    if (Files.exists(file)) {
      if (!read(file).text().equals(signed.text())) {
        LOG.errorf("audit=checkpoint-file-differs file=%s", file);
      }
      return;
    }
    var content =
        Map.of(
            "statement", signed.text(),
            "signature", Base64.getEncoder().encodeToString(signed.signature()),
            "publicKey", Pem.of(Pem.publicKey(signed.publicKey())));
    var draft = Files.createTempFile(folder, "draft", ".tmp");
    Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** In order; a file that cannot be read has the number of its name and nothing else. */
  List<SignedStatement> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var found = new ArrayList<SignedStatement>();
    try (var files = Files.newDirectoryStream(folder, BEGINNING + "*.json")) {
      for (var file : files) {
        found.add(read(file));
      }
    }
    found.sort(java.util.Comparator.comparingInt(SignedStatement::number));
    return found;
  }

  private static SignedStatement read(Path file) throws IOException {
    var name = file.getFileName().toString();
    var number = name.substring(BEGINNING.length(), name.length() - ".json".length());
    var parsedNumber = number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
    try {
      var content = JSON.readTree(Files.readAllBytes(file));
      return new SignedStatement(
          parsedNumber,
          content.path("statement").asText(),
          Base64.getDecoder().decode(content.path("signature").asText()),
          Pem.publicKey(content.path("publicKey").asText()).getEncoded());
    } catch (com.fasterxml.jackson.core.JacksonException | IllegalArgumentException e) {
      return new SignedStatement(parsedNumber, "", new byte[0], new byte[0]);
    }
  }
}
