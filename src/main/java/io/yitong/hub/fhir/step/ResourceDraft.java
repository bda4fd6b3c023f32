package io.yitong.hub.fhir.step;

import io.yitong.hub.fhir.json.ResourceJson;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * A resource about to be written: text as it was sent, or an object of the model library as the
 * hub's own mappings make it. Each is made from the other when first asked for; what was sent stays
 * the truth until somebody says that the model was changed.
 */
public final class ResourceDraft {
  private ResourceJson text;
  private Resource model;
  private Optional<String> id;

  private ResourceDraft(ResourceJson text, Resource model, Optional<String> id) {
    this.text = text;
    this.model = model;
    this.id = id;
  }

  public static ResourceDraft of(Resource model) {
    return new ResourceDraft(null, model, Optional.ofNullable(model.getIdElement().getIdPart()));
  }

  public static ResourceDraft of(ResourceJson text) {
    return new ResourceDraft(text, null, text.id());
  }

  public ResourceType type() {
    return text != null ? text.type() : model.getResourceType();
  }

  public Optional<String> id() {
    return id;
  }

  /** Gives it the id under which it will be stored. */
  public void identify(String given) {
    id = Optional.of(given);
    if (model != null) {
      model.setId(given);
    }
  }

  /**
   * Replaces references where there is something to replace them by.
   *
   * @param replacement of a literal reference
   */
  public void replaceReferences(Function<String, Optional<String>> replacement) {
    var json = text();
    json.eachReference(
        reference ->
            reference
                .value()
                .flatMap(replacement)
                .ifPresent(
                    literal -> {
                      json.replace(reference, literal);
                      model = null; // made again from the text, when somebody asks
                    }));
  }

  /** Whether there is an object of it already, which may have been changed. */
  public boolean hasModel() {
    return model != null;
  }

  public Resource model() {
    if (model == null) {
      model = text.model();
      id.ifPresent(model::setId);
    }
    return model;
  }

  void changed() {
    text = null;
  }

  /** Not to be asked of a model that is still being changed. */
  public ResourceJson text() {
    if (text == null) {
      text = ResourceJson.of(model);
    }
    return text;
  }

  /** For another try: what this try does to it stays here. */
  public ResourceDraft copy() {
    return text == null
        ? new ResourceDraft(null, model.copy(), id)
        : new ResourceDraft(text.copy(), null, id);
  }
}
