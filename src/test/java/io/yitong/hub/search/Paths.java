package io.yitong.hub.search;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.fhirpath.FHIRPathUtilityClasses.FunctionDetails;
import org.hl7.fhir.r4.fhirpath.TypeDetails;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;

/** The expressions of search parameters, by HAPI's FHIRPath engine. */
public final class Paths {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final FHIRPathEngine ENGINE = engine();
  private static final Map<String, ExpressionNode> PARSED = new ConcurrentHashMap<>();

  private Paths() {}

  /** What an expression selects from an element of a resource. */
  public static synchronized List<Base> select(Resource resource, Base from, String expression) {
    return alternatives(expression).stream()
        .map(each -> each.replaceAll("\\b(Domain)?Resource\\.", resource.fhirType() + "."))
        .map(each -> PARSED.computeIfAbsent(each, ENGINE::parse))
        .flatMap(each -> ENGINE.evaluate(null, resource, resource, from, each).stream())
        .toList();
  }

  /** Unions taken apart: the engine's own would compare their values by what they mean. */
  private static List<String> alternatives(String expression) {
    var parts = new ArrayList<String>();
    var depth = 0;
    var start = 0;
    for (var i = 0; i < expression.length(); i++) {
      switch (expression.charAt(i)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case '|' -> {
          if (depth == 0) {
            parts.add(expression.substring(start, i).strip());
            start = i + 1;
          }
        }
        default -> {
          // part of a path
        }
      }
    }
    parts.add(expression.substring(start).strip());
    parts.remove("");
    return parts;
  }

  private static FHIRPathEngine engine() {
    var engine =
        new FHIRPathEngine(
            new HapiWorkerContext(CONTEXT, new DefaultProfileValidationSupport(CONTEXT)));
    engine.setHostServices(new TypeOfReference());
    return engine;
  }

  /** {@code resolve() is Patient}: what a reference says of its target is enough. */
  private static final class TypeOfReference implements FHIRPathEngine.IEvaluationContext {
    @Override
    public Base resolveReference(FHIRPathEngine engine, Object app, String url, Base context) {
      var type = new IdType(url).getResourceType();
      return type == null || !CONTEXT.getResourceTypes().contains(type)
          ? null
          : (Base) CONTEXT.getResourceDefinition(type).newInstance();
    }

    @Override
    public List<Base> resolveConstant(
        FHIRPathEngine engine, Object app, String name, boolean before, boolean explicit) {
      return List.of();
    }

    @Override
    public TypeDetails resolveConstantType(
        FHIRPathEngine engine, Object app, String name, boolean explicit) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public boolean log(String argument, List<Base> focus) {
      return false;
    }

    @Override
    public FunctionDetails resolveFunction(FHIRPathEngine engine, String name) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public TypeDetails checkFunction(
        FHIRPathEngine engine,
        Object app,
        String name,
        TypeDetails focus,
        List<TypeDetails> parameters) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public List<Base> executeFunction(
        FHIRPathEngine engine,
        Object app,
        List<Base> focus,
        String name,
        List<List<Base>> parameters) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public boolean conformsToProfile(FHIRPathEngine engine, Object app, Base item, String url) {
      throw new UnsupportedOperationException(url);
    }

    @Override
    public ValueSet resolveValueSet(FHIRPathEngine engine, Object app, String url) {
      throw new UnsupportedOperationException(url);
    }

    @Override
    public boolean paramIsType(String name, int index) {
      return false;
    }
  }
}
