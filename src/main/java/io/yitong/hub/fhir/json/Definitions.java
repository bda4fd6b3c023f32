package io.yitong.hub.fhir.json;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeDeclaredChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildContainedResources;
import ca.uhn.fhir.context.RuntimeChildDirectResource;
import ca.uhn.fhir.context.RuntimeChildExtension;
import ca.uhn.fhir.context.RuntimeChildResourceDefinition;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.json.TypeDefinition.Shape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Compiles the types of FHIR R4 from the model library's annotations, which are generated from the
 * specification's StructureDefinitions. Those themselves are 30 MB to read, at every start.
 */
final class Definitions {
  private static final FhirContext CONTEXT = FhirJson.context();

  private static final Map<String, ResourceType> RESOURCES =
      Arrays.stream(ResourceType.values())
          .collect(Collectors.toUnmodifiableMap(ResourceType::name, Function.identity()));

  private static final Map<String, TypeDefinition> BY_RESOURCE = new ConcurrentHashMap<>();
  private static final Map<Class<?>, TypeDefinition> BY_CLASS = new ConcurrentHashMap<>();
  private static final Map<String, TypeDefinition> PRIMITIVES = new ConcurrentHashMap<>();

  private static final TypeDefinition ANY_RESOURCE =
      new TypeDefinition("Resource", Shape.ANY_RESOURCE, List::of);

  private Definitions() {}

  static Optional<TypeDefinition> resource(String name) {
    if (!RESOURCES.containsKey(name)) {
      return Optional.empty();
    }
    return Optional.of(
        BY_RESOURCE.computeIfAbsent(
            name,
            type ->
                new TypeDefinition(
                    type,
                    Shape.RESOURCE,
                    () -> children(CONTEXT.getResourceDefinition(type), false))));
  }

  private static TypeDefinition complex(BaseRuntimeElementDefinition<?> definition) {
    var composite = (BaseRuntimeElementCompositeDefinition<?>) definition;
    var isPart = definition.getImplementingClass().getEnclosingClass() != null;
    return BY_CLASS.computeIfAbsent(
        definition.getImplementingClass(),
        key ->
            new TypeDefinition(
                isPart ? "BackboneElement" : definition.getName(),
                Shape.COMPLEX,
                () -> children(composite, isPart)));
  }

  private static TypeDefinition extension() {
    return complex(CONTEXT.getElementDefinition(Extension.class));
  }

  /** What every element of a primitive type may have beside its value. */
  static TypeDefinition primitive(String name) {
    return PRIMITIVES.computeIfAbsent(
        name,
        type ->
            new TypeDefinition(
                type,
                Shape.PRIMITIVE,
                () -> List.of(single("id", primitive("string")), many("extension"))));
  }

  private static List<ChildDefinition> children(
      BaseRuntimeElementCompositeDefinition<?> definition, boolean isPart) {
    var children = new ArrayList<ChildDefinition>();
    for (var child : definition.getChildren()) {
      places(child).forEach(children::add);
    }
    var names = children.stream().map(ChildDefinition::jsonName).collect(Collectors.toSet());
    if (!names.contains("id")) {
      children.add(single("id", primitive("string")));
    }
    if (!CONTEXT.getResourceTypes().contains(definition.getName()) || isPart) {
      Stream.of("extension", isPart ? "modifierExtension" : "extension")
          .distinct()
          .filter(name -> !names.contains(name))
          .forEach(name -> children.add(many(name)));
    }
    return children;
  }

  private static Stream<ChildDefinition> places(BaseRuntimeChildDefinition child) {
    var name = child.getElementName();
    if (child instanceof RuntimeChildExtension) {
      return Stream.of(many(name));
    }
    if (child instanceof RuntimeChildContainedResources
        || child instanceof RuntimeChildDirectResource) {
      return Stream.of(place(child, name, name, ANY_RESOURCE));
    }
    if (child instanceof RuntimeChildResourceDefinition) {
      return Stream.of(place(child, name, name, complex(child.getChildByName(name))));
    }
    var base = name.replace("[x]", "");
    return child.getValidChildNames().stream()
        .filter(json -> json.equals(base) || json.equals(base + title(child.getChildByName(json))))
        .map(json -> place(child, base, json, type(child.getChildByName(json))));
  }

  private static String title(BaseRuntimeElementDefinition<?> type) {
    return Character.toUpperCase(type.getName().charAt(0)) + type.getName().substring(1);
  }

  private static TypeDefinition type(BaseRuntimeElementDefinition<?> definition) {
    return switch (definition.getChildType()) {
      case PRIMITIVE_DATATYPE, ID_DATATYPE, PRIMITIVE_XHTML_HL7ORG, PRIMITIVE_XHTML ->
          primitive(definition.getName());
      default -> complex(definition);
    };
  }

  private static ChildDefinition place(
      BaseRuntimeChildDefinition child, String name, String jsonName, TypeDefinition type) {
    return new ChildDefinition(
        name,
        jsonName,
        type,
        child.getMin() > 0,
        child.getMax() != 1,
        child.isSummary(),
        child instanceof BaseRuntimeDeclaredChildDefinition declared && declared.isModifier(),
        type.name().equals("code") ? codes(child) : Map.of(),
        child instanceof RuntimeChildResourceDefinition reference ? targets(reference) : Set.of());
  }

  private static ChildDefinition single(String name, TypeDefinition type) {
    return new ChildDefinition(name, name, type, false, false, false, false, Map.of(), Set.of());
  }

  private static ChildDefinition many(String name) {
    return new ChildDefinition(
        name,
        name,
        extension(),
        false,
        true,
        false,
        name.equals("modifierExtension"),
        Map.of(),
        Set.of());
  }

  private static Set<String> targets(RuntimeChildResourceDefinition reference) {
    var names =
        reference.getResourceTypes().stream()
            .map(type -> RESOURCES.get(type.getSimpleName()))
            .toList();
    return names.contains(null)
        ? Set.of()
        : names.stream().map(ResourceType::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The codes of a required binding are an enum of the model: {@code Enumeration<…>}. */
  private static Map<String, String> codes(BaseRuntimeChildDefinition child) {
    if (!(child instanceof BaseRuntimeDeclaredChildDefinition declared)) {
      return Map.of();
    }
    return enumeration(declared.getField().getGenericType())
        .map(Definitions::codes)
        .orElseGet(Map::of);
  }

  private static Optional<Class<?>> enumeration(Type type) {
    if (!(type instanceof ParameterizedType generic)) {
      return Optional.empty();
    }
    var argument = generic.getActualTypeArguments()[0];
    if (generic.getRawType() == Enumeration.class) {
      return Optional.of((Class<?>) argument);
    }
    return enumeration(argument);
  }

  private static Map<String, String> codes(Class<?> enumeration) {
    try {
      var toCode = enumeration.getMethod("toCode");
      var getSystem = enumeration.getMethod("getSystem");
      var codes = new HashMap<String, String>();
      for (var constant : enumeration.getEnumConstants()) {
        if (!((Enum<?>) constant).name().equals("NULL")) {
          codes.put(
              (String) toCode.invoke(constant),
              Objects.requireNonNullElse((String) getSystem.invoke(constant), ""));
        }
      }
      return Map.copyOf(codes);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(enumeration + " has no codes", e);
    }
  }
}
