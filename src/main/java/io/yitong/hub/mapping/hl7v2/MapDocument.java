package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;

/** OBX of type ED (embedded PDF, image, ECG) or RP (a pointer to it) → DocumentReference. */
final class MapDocument {
  private MapDocument() {}

  static boolean isDocument(Fields obx) {
    return switch (obx.component(2, 1)) {
      case "ED" -> obx.has(5);
      case "RP" -> obx.value(5).component(1).contains("://");
      default -> false;
    };
  }

  static DocumentReference document(OrderGroup.Result result, ReportFacts facts, Run run) {
    var obx = result.obx();
    obx.understood(1);
    var document = new DocumentReference();
    document.setId(MapObx.id("document", obx, facts, run));
    document
        .setStatus(DocumentReferenceStatus.CURRENT)
        .setType(MapObx.code(obx, facts, run))
        .setSubject(facts.patient())
        .setCustodian(facts.laboratory().copy());
    status(MapObx.status(obx, facts), document);
    facts.issued().ifPresent(issued -> document.setDateElement(issued.copy()));
    MapNte.annotation(result.notes()).ifPresent(n -> document.setDescription(n.getText()));
    facts.encounter().ifPresent(document.getContext()::addEncounter);
    document
        .getContext()
        .addRelated(
            new Reference(
                new ResourceKey(ResourceType.DiagnosticReport, facts.report()).reference()));
    var title = document.getType().getText();
    for (var value : obx.values(5)) {
      var attachment = attachment(obx.component(2, 1), value);
      if (title != null) {
        attachment.setTitle(title);
      }
      document.addContent().setAttachment(attachment);
    }
    return document;
  }

  private static void status(ObservationStatus said, DocumentReference document) {
    switch (said) {
      case PRELIMINARY, REGISTERED -> document.setDocStatus(ReferredDocumentStatus.PRELIMINARY);
      case FINAL -> document.setDocStatus(ReferredDocumentStatus.FINAL);
      case AMENDED, CORRECTED -> document.setDocStatus(ReferredDocumentStatus.AMENDED);
      case CANCELLED, ENTEREDINERROR ->
          document
              .setDocStatus(ReferredDocumentStatus.ENTEREDINERROR)
              .setStatus(DocumentReferenceStatus.ENTEREDINERROR);
      case UNKNOWN, NULL -> {}
    }
  }

  private static Attachment attachment(String type, Hl7Value value) {
    var attachment = new Attachment();
    contentType(value).ifPresent(attachment::setContentType);
    if (type.equals("RP")) {
      return attachment.setUrl(value.component(1));
    }
    return attachment.setData(data(value.component(4), value.component(5)));
  }

  /** ED.4: how the data is written. What is not what it says is kept as the text it is. */
  private static byte[] data(String encoding, String data) {
    try {
      return switch (encoding.toLowerCase(Locale.ROOT)) {
        case "base64" -> Base64.getMimeDecoder().decode(data);
        case "hex" -> HexFormat.of().parseHex(data);
        default -> data.getBytes(StandardCharsets.UTF_8);
      };
    } catch (IllegalArgumentException e) {
      return data.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** ED.2 and ED.3 (HL7 tables 0191 and 0291), as a MIME type. */
  private static Optional<String> contentType(Hl7Value value) {
    var kind = value.component(2).toLowerCase(Locale.ROOT);
    var subtype = value.component(3).toLowerCase(Locale.ROOT);
    if (kind.indexOf('/') > 0) {
      return Optional.of(kind);
    }
    return switch (subtype) {
      case "" -> Optional.empty();
      case "pdf" -> Optional.of("application/pdf");
      case "jpeg", "jpg" -> Optional.of("image/jpeg");
      case "png", "gif", "tiff" -> Optional.of("image/" + subtype);
      case "html", "xml" -> Optional.of("text/" + subtype);
      case "rtf" -> Optional.of("application/rtf");
      case "dicom" -> Optional.of("application/dicom");
      default -> kind.isEmpty() ? Optional.empty() : Optional.of(kind + "/" + subtype);
    };
  }
}
