package io.yitong.hub.fhir.json;

import java.io.StringReader;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The XHTML of a narrative: one div, well formed, and nothing in it that a browser would run or
 * fetch by itself (FHIR R4, 2.4.0.1, rules txt-1 and txt-2).
 */
final class Narrative {
  private static final Set<String> ACTIVE =
      Set.of(
          "script",
          "iframe",
          "frame",
          "frameset",
          "object",
          "embed",
          "applet",
          "form",
          "input",
          "button",
          "base",
          "link",
          "meta",
          "head",
          "body",
          "html",
          "style");

  private static final XMLInputFactory XML = factory();

  private Narrative() {}

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    return factory;
  }

  static boolean isSafe(String xhtml) {
    if (xhtml.contains("<!DOCTYPE") || xhtml.contains("<!ENTITY")) {
      return false;
    }
    try {
      var reader = XML.createXMLStreamReader(new StringReader(xhtml));
      var isFirst = true;
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          if (isFirst && !reader.getLocalName().equals("div")) {
            return false;
          }
          isFirst = false;
          if (isActive(reader)) {
            return false;
          }
        }
      }
      return !isFirst;
    } catch (XMLStreamException e) {
      return false;
    }
  }

  private static boolean isActive(XMLStreamReader element) {
    if (ACTIVE.contains(element.getLocalName().toLowerCase(Locale.ROOT))) {
      return true;
    }
    for (var i = 0; i < element.getAttributeCount(); i++) {
      var name = element.getAttributeLocalName(i).toLowerCase(Locale.ROOT);
      var value = element.getAttributeValue(i).strip().toLowerCase(Locale.ROOT);
      if (name.startsWith("on")
          || value.startsWith("javascript:")
          || value.startsWith("data:text")) {
        return true;
      }
    }
    return false;
  }
}
