package io.yitong.hub.recognition.cds;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The CDS services offered, as discovery lists them. */
enum Service {
  ORDER_SIGN(
      "order-sign",
      "mutual-recognition-order-sign",
      "检查检验结果互认（开单） Mutual recognition at ordering",
      "开单时提示本次所开检验中已有可互认结果的项目。"
          + " Says which of the ordered tests already have a result that counts."),
  PATIENT_VIEW(
      "patient-view",
      "mutual-recognition-patient-view",
      "检查检验结果互认（患者） Mutual recognition for a patient",
      "显示患者可互认的检验结果，并向协议平台预取。"
          + " Shows the patient's results that count, and fetches ahead what partner hubs hold.");

  private final String hook;
  private final String id;
  private final String title;
  private final String description;

  Service(String hook, String id, String title, String description) {
    this.hook = hook;
    this.id = id;
    this.title = title;
    this.description = description;
  }

  static Optional<Service> of(String id) {
    return Arrays.stream(values()).filter(service -> service.id.equals(id)).findFirst();
  }

  String hook() {
    return hook;
  }

  String id() {
    return id;
  }

  /**
   * An entry of the discovery response. The hub holds the record: what it prefetches may be left
   * out.
   */
  Map<String, Object> described() {
    return Map.of(
        "hook", hook,
        "id", id,
        "title", title,
        "description", description,
        "prefetch", Map.of("patient", "Patient/{{context.patientId}}"));
  }
}
