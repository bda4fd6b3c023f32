package io.yitong.hub.api.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.BundleText;
import io.yitong.hub.api.answer.Failures;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.api.answer.Preferences;
import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.api.interaction.WriteInteractions;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.fhir.WriteContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;

/**
 * transaction and batch (FHIR R4, 3.1.0.11). A transaction is one interaction on record; of a batch
 * each entry is one.
 */
@ApplicationScoped
public class RunBundle {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Interaction TRANSACTION = new Interaction('E', "transaction", "Bundle", "");
  private static final Interaction BATCH = new Interaction('E', "batch", "Bundle", "");

  private final Recorded recorded;
  private final AccessRules rules;
  private final WriteInteractions write;
  private final RunEntry runEntry;
  private final HubAddress address;

  RunBundle(
      Recorded recorded,
      AccessRules rules,
      WriteInteractions write,
      RunEntry runEntry,
      HubAddress address) {
    this.recorded = recorded;
    this.rules = rules;
    this.write = write;
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
            caller -> transaction(caller, FhirJson.parse(body, Bundle.class), preferences));
  }

  private Answer refused(Interaction interaction, HubException refusal) {
    return recorded.reading(
        interaction,
        caller -> {
          throw refusal;
        });
  }

  private Answer transaction(Caller caller, Bundle bundle, Preferences preferences) {
    if (bundle.getType() != BundleType.TRANSACTION) {
      throw new HubException(
          ErrorCode.BUNDLE_NOT_TRANSACTION,
          "Bundle.type",
          bundle.hasType() ? bundle.getType().toCode() : "-");
    }
    var writes = new Bundle().setType(BundleType.TRANSACTION);
    bundle.getEntry().stream().filter(entry -> !isRead(entry)).forEach(writes::addEntry);
    var written =
        writes.hasEntry()
            ? write.transaction(caller, writes, context(caller, writes)).iterator()
            : List.<Answer>of().iterator();
    var answers = new ArrayList<Answer>();
    for (var entry : bundle.getEntry()) {
      answers.add(
          isRead(entry) ? runEntry.read(caller, entry) : preferred(written.next(), preferences));
    }
    return answer("transaction-response", answers);
  }

  /** One owner for all: whose data the first entry is, the others must be too. */
  private WriteContext context(Caller caller, Bundle writes) {
    Optional<WriteContext> common = Optional.empty();
    for (var entry : writes.getEntry()) {
      var context = rules.writing(caller, RunEntry.type(entry), permission(entry));
      if (common.filter(c -> !c.institution().equals(context.institution())).isPresent()) {
        throw new HubException(ErrorCode.NOT_PERMITTED, "");
      }
      common = Optional.of(context);
    }
    return common.orElseThrow();
  }

  private static Permission permission(BundleEntryComponent entry) {
    return switch (entry.getRequest().getMethod()) {
      case POST -> Permission.CREATE;
      case DELETE -> Permission.DELETE;
      default -> Permission.UPDATE;
    };
  }

  private static Answer preferred(Answer written, Preferences preferences) {
    return written.as(preferences.content());
  }

  private Answer batch(byte[] body, Preferences preferences) {
    Bundle bundle;
    try {
      bundle = FhirJson.parse(body, Bundle.class);
    } catch (HubException e) {
      return refused(BATCH, e);
    }
    var answers = new ArrayList<Answer>();
    for (var entry : bundle.getEntry()) {
      answers.add(isRead(entry) ? alone(entry) : preferred(alone(entry), preferences));
    }
    return answer("batch-response", answers);
  }

  private Answer alone(BundleEntryComponent entry) {
    try {
      return runEntry.run(entry);
    } catch (RuntimeException e) {
      var refusal = Failures.explain(e, CorrelationId.random());
      return Answer.of(
          refusal.code().status(), FhirJson.write(Outcomes.of(refusal)), Optional.empty());
    }
  }

  private Answer answer(String type, List<Answer> answers) {
    var bundle = new BundleText(type);
    answers.forEach(answer -> bundle.answered(answer, address.base()));
    var patients = answers.stream().flatMap(answer -> answer.patientId().stream()).distinct();
    var two = patients.limit(2).toList();
    return Answer.of(
        200, bundle.end(), two.size() == 1 ? Optional.of(two.get(0)) : Optional.empty());
  }

  private static boolean isRead(BundleEntryComponent entry) {
    return entry.getRequest().getMethod() == HTTPVerb.GET;
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
