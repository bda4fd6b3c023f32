package io.yitong.hub.fhir.json;

import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.ResourceKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * A resource as JSON: the bytes, and a checked tree over them. References may be replaced; every
 * other byte stays as it was sent.
 */
public final class ResourceJson {
  private final byte[] source;
  private final Element root;
  private final ResourceType type;
  private final List<Element> replaced = new ArrayList<>();

  private ResourceJson(byte[] source, Element root) {
    this.source = source;
    this.root = root;
    this.type = ResourceType.fromCode(root.type());
  }

  /**
   * What somebody sent.
   *
   * @param json UTF-8; not to be changed by the caller any more
   * @throws io.yitong.hub.fhir.HubException naming the element's path and line
   */
  public static ResourceJson read(byte[] json) {
    return read(json, new Lines(json, true));
  }

  /** What the model library wrote, of a resource made here or sent as XML: lines mean nothing. */
  public static ResourceJson of(Resource model) {
    var json = FhirJson.write(model);
    return read(json, new Lines(json, false));
  }

  private static ResourceJson read(byte[] json, Lines lines) {
    return new ResourceJson(json, CheckStructure.resource(ReadJson.read(json), lines));
  }

  /** A resource inside this one: an entry's, a parameter's. The bytes are shared. */
  public ResourceJson part(Element resource) {
    if (!resource.isResource()) {
      throw new IllegalArgumentException(resource + " is no resource");
    }
    return new ResourceJson(source, resource);
  }

  /** Afresh from the same bytes, with nothing replaced. */
  public ResourceJson copy() {
    return read(bytesAsSent(), new Lines(source, false));
  }

  public ResourceType type() {
    return type;
  }

  public Optional<String> id() {
    return root.value("id");
  }

  public Element root() {
    return root;
  }

  /** All references that name something: {@code Patient/1}, an address, {@code urn:uuid:…}. */
  public TreeSet<String> references() {
    var found = new TreeSet<String>();
    eachReference(reference -> reference.value().ifPresent(found::add));
    return found;
  }

  /**
   * Hands over every {@code Reference.reference}, of contained resources too. A Bundle has none of
   * its own: those of its entries are resolved among them (FHIR R4, 2.36.4), and stay as they are.
   */
  public void eachReference(Consumer<Element> reader) {
    if (!root.type().equals("Bundle")) {
      eachReference(root, reader);
    }
  }

  private static void eachReference(Element element, Consumer<Element> reader) {
    for (var child : element.children()) {
      if (child.type().equals("Reference")) {
        child.child("reference").ifPresent(reader);
      }
      eachReference(child, reader);
    }
  }

  /**
   * Gives a string another value, in the tree and in the bytes.
   *
   * @param element of this resource
   */
  public void replace(Element element, String value) {
    element.replaceValue(value);
    replaced.add(element);
  }

  /** The bytes as they were sent, what was replaced excepted. */
  public byte[] bytes() {
    if (replaced.isEmpty()) {
      return bytesAsSent();
    }
    var splice = new Splice(source, root.start(), root.end());
    replacements(splice);
    return splice.write();
  }

  private byte[] bytesAsSent() {
    return root.start() == 0 && root.end() == source.length
        ? source
        : Arrays.copyOfRange(source, root.start(), root.end());
  }

  /** The bytes parted where meta belongs, with the id of the hub's choice in place. */
  public Identified identified(ResourceKey key) {
    return Identified.of(this, key);
  }

  byte[] source() {
    return source;
  }

  void replacements(Splice splice) {
    replaced.stream()
        .distinct()
        .sorted(Comparator.comparingInt(Element::start))
        .forEach(
            element ->
                splice.replace(
                    element.start(), element.end(), Splice.quoted(element.value().orElseThrow())));
  }

  /** The model library's object, parsed anew each time. */
  public Resource model() {
    var json = bytes();
    var model = FhirJson.parse(json);
    RestoreDecimals.in(model, json);
    return model;
  }

  @Override
  public String toString() {
    return root.type() + id().map(id -> "/" + id).orElse("");
  }
}
