package io.yitong.hub.search.examples;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseEnumFactory;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** The least that is a resource of a type, for examples to refer to: what is required, no more. */
final class Stub {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();

  private static final Set<String> UNFIT = Set.of("id", "extension", "modifierExtension");

  private Stub() {}

  static Resource of(String type, String id) {
    var definition = CONTEXT.getResourceDefinition(type);
    var resource = (Resource) definition.newInstance();
    fill(resource, definition);
    resource.setId(id);
    return resource;
  }

  private static void fill(IBase element, BaseRuntimeElementCompositeDefinition<?> definition) {
    for (var child : definition.getChildren()) {
      if (child.getMin() > 0 && child.getAccessor().getValues(element).isEmpty()) {
        child.getMutator().addValue(element, value(child));
      }
    }
  }

  /** Nothing is required of it, but it may not be empty. */
  private static void fillSomething(
      IBase element, BaseRuntimeElementCompositeDefinition<?> definition) {
    definition.getChildren().stream()
        .filter(child -> !UNFIT.contains(child.getElementName()))
        .filter(child -> !child.getElementName().endsWith("[x]"))
        .map(child -> Map.entry(child, value(child)))
        .filter(entry -> entry.getValue() instanceof PrimitiveType<?>)
        .findFirst()
        .ifPresent(entry -> entry.getKey().getMutator().addValue(element, entry.getValue()));
  }

  private static IBase value(BaseRuntimeChildDefinition child) {
    var name = child.getValidChildNames().stream().sorted().findFirst().orElseThrow();
    var type = child.getChildByName(name);
    var arguments = child.getInstanceConstructorArguments();
    var value = arguments == null ? type.newInstance() : type.newInstance(arguments);
    if (child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition code) {
      ((PrimitiveType<?>) value).setValueAsString(firstCode(code, (IBaseEnumFactory<?>) arguments));
    } else if (value instanceof Reference reference) {
      reference.setDisplay("stub");
    } else if (value instanceof CodeableConcept concept) {
      concept.setText("stub");
    } else if (value instanceof Coding coding) {
      coding.setCode("stub");
    } else if (value instanceof DecimalType decimal) {
      decimal.setValue(BigDecimal.ONE);
    } else if (value instanceof IntegerType integer) {
      integer.setValue(1);
    } else if (value instanceof PrimitiveType<?> primitive) {
      primitive.setValueAsString(text(primitive.fhirType()));
    } else if (type instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
      fill(value, composite);
      if (value.isEmpty()) {
        fillSomething(value, composite);
      }
    }
    return value;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static String firstCode(
      RuntimeChildPrimitiveEnumerationDatatypeDefinition child, IBaseEnumFactory factory) {
    return factory.toCode(child.getBoundEnumType().getEnumConstants()[0]);
  }

  private static String text(String type) {
    return switch (type) {
      case "date", "dateTime" -> "2024-02-29";
      case "instant" -> "2024-02-29T08:00:00+08:00";
      case "time" -> "08:00:00";
      case "boolean" -> "true";
      case "base64Binary" -> "c3R1Yg==";
      case "uri", "url", "canonical", "oid", "uuid" -> "urn:oid:1.2.3";
      default -> "stub";
    };
  }
}
