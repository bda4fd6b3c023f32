package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.NamingSystems;
import org.hl7.fhir.r4.model.Identifier;

/**
 * How sender and laboratory call an order.
 *
 * @param placer ORC-2 or OBR-2; empty when unknown
 * @param filler ORC-3 or OBR-3; empty when unknown
 * @param service code of what was ordered, since several OBR of one order often share its numbers
 */
record OrderNumbers(String placer, String filler, String service) {
  static OrderNumbers of(OrderGroup group) {
    return new OrderNumbers(number(group, 2), number(group, 3), service(group));
  }

  private static String number(OrderGroup group, int field) {
    var own = group.obr().component(field, 1);
    var common = group.orc().map(orc -> orc.component(field, 1)).orElse("");
    return own.isEmpty() ? common : own;
  }

  private static String service(OrderGroup group) {
    var code = group.obr().component(4, 1);
    return code.isEmpty() ? group.obr().component(4, 2) : code;
  }

  /** What results are numbered by: the filler's number, else the placer's, else the message's. */
  String result(Run run) {
    if (!filler.isEmpty()) {
      return filler;
    }
    return placer.isEmpty() ? "message:" + run.message().controlId() : placer;
  }

  /** What the order is numbered by: the placer's number, else the result's. */
  String order(Run run) {
    return placer.isEmpty() ? result(run) : placer;
  }

  Identifier placerIdentifier(Run run) {
    return identifier("PLAC", run.institution().numberSystem("order"), placer);
  }

  Identifier fillerIdentifier(Run run) {
    return identifier("FILL", run.institution().numberSystem("report"), filler);
  }

  private static Identifier identifier(String type, String system, String value) {
    var identifier = new Identifier().setSystem(system).setValue(value);
    identifier.getType().addCoding().setSystem(NamingSystems.V2_0203).setCode(type);
    return identifier;
  }
}
