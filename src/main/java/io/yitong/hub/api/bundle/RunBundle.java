package io.yitong.hub.api.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.BundleText;
import io.yitong.hub.api.answer.Failures;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.api.answer.Preferences;
import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import io.yitong.hub.fhir.json.ResourceJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * transaction and batch (FHIR R4, 3.1.0.11). A transaction is one interaction on record; of a batch
 * each entry is one.
 */
@ApplicationScoped
public class RunBundle {
  /** More is refused: a transaction holds its rows until it ends. */
  static final int MOST_ENTRIES = 10_000;

  private static final JsonFactory JSON = new JsonFactory();
  private static final Interaction TRANSACTION = new Interaction('E', "transaction", "Bundle", "");
  private static final Interaction BATCH = new Interaction('E', "batch", "Bundle", "");

  private final Recorded recorded;
  private final RunTransaction runTransaction;
  private final RunEntry runEntry;
  private final HubAddress address;

  RunBundle(
      Recorded recorded, RunTransaction runTransaction, RunEntry runEntry, HubAddress address) {
    this.recorded = recorded;
    this.runTransaction = runTransaction;
    this.runEntry = runEntry;
    this.address = address;
  }

  /**
   * @param sent the Bundle as JSON, or the refusal of what is none
   */
  public Answer run(Supplier<byte[]> sent, Preferences preferences) {
    byte[] body;
    try {
      body = sent.get();
    } catch (HubException e) {
      return refused(TRANSACTION, e);
    }
    return isBatch(body)
        ? batch(body, preferences)
        : recorded.writing(
            TRANSACTION,
            caller ->
                answer(
                    "transaction-response",
                    runTransaction.run(caller, ResourceJson.read(body), preferences)));
  }

  private Answer batch(byte[] body, Preferences preferences) {
    List<BundleEntry> entries;
    try {
      entries = BundleEntry.of(ResourceJson.read(body), address.base());
      requireFew(entries);
    } catch (HubException e) {
      return refused(BATCH, e);
    }
    return answer(
        "batch-response", entries.stream().map(entry -> alone(entry, preferences)).toList());
  }

  private Answer refused(Interaction interaction, HubException refusal) {
    return recorded.reading(
        interaction,
        caller -> {
          throw refusal;
        });
  }

  private Answer alone(BundleEntry entry, Preferences preferences) {
    try {
      var answer = runEntry.run(entry);
      return entry.isRead() ? answer : answer.as(preferences.inBundle());
    } catch (RuntimeException e) {
      var refusal = Failures.explain(e, CorrelationId.random());
      return Answer.of(
          refusal.code().status(), FhirJson.write(Outcomes.of(refusal)), Optional.empty());
    }
  }

  static void requireFew(List<BundleEntry> entries) {
    if (entries.size() > MOST_ENTRIES) {
      throw new HubException(
          ErrorCode.BUNDLE_TOO_LARGE, "Bundle.entry", entries.size(), MOST_ENTRIES);
    }
  }

  private Answer answer(String type, List<Answer> answers) {
    var bundle = new BundleText(type);
    answers.forEach(answer -> bundle.answered(answer, address.base()));
    var patients = answers.stream().flatMap(answer -> answer.patients().stream()).distinct();
    return Answer.of(200, bundle.end(), patients.toList());
  }

  /** Looks no further than Bundle.type; what cannot be read is refused as a transaction. */
  private static boolean isBatch(byte[] body) {
    try (var parser = JSON.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        if (name.equals("type")) {
          return "batch".equals(parser.getText());
        }
        parser.skipChildren();
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
