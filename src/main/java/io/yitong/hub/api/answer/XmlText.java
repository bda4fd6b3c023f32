package io.yitong.hub.api.answer;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.IParserErrorHandler.IParseLocation;
import ca.uhn.fhir.parser.StrictErrorHandler;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.RestoreDecimals;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.hl7.fhir.r4.model.Resource;

/**
 * FHIR XML (R4, 2.6.1). What is stored is JSON; XML becomes JSON before anything is done with it.
 */
public final class XmlText {
  /** No resource of R4 goes deeper, extensions of extensions included. */
  private static final int DEEPEST = 100;

  private static final String SCHEMA = "schemaLocation";
  private static final String XSI = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI;

  private XmlText() {}

  /** Everything unknown is refused but where the root says its schema is found (R4, 2.6.1). */
  private static final class Strict extends StrictErrorHandler {
    @Override
    public void unknownAttribute(IParseLocation location, String name) {
      if (!name.equals(SCHEMA)) {
        super.unknownAttribute(location, name);
      }
    }
  }

  /**
   * @param xml UTF-8
   * @throws HubException RESOURCE_MALFORMED; a document type declaration, and with it every entity
   *     of the sender's own, is refused unread
   */
  public static byte[] toJson(byte[] xml) {
    check(xml);
    try {
      var resource = (Resource) parser(FhirJson.context().newXmlParser()).parseResource(text(xml));
      return parser(FhirJson.context().newJsonParser())
          .encodeResourceToString(resource)
          .getBytes(StandardCharsets.UTF_8);
    } catch (DataFormatException | ClassCastException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  public static byte[] ofJson(byte[] json, boolean pretty) {
    var resource =
        (Resource) FhirJson.context().newJsonParser().parseResource(new ByteArrayInputStream(json));
    RestoreDecimals.in(resource, json);
    return parser(FhirJson.context().newXmlParser())
        .setPrettyPrint(pretty)
        .encodeResourceToString(resource)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** As it is: neither ids nor references are made anew. */
  private static IParser parser(IParser parser) {
    parser.setParserErrorHandler(new Strict());
    parser.setStripVersionsFromReferences(false);
    parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
    return parser;
  }

  /** Reads it through once, building nothing. */
  private static void check(byte[] xml) {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    try {
      var reader = factory.createXMLStreamReader(new StringReader(text(xml)));
      var depth = 0;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamReader.START_ELEMENT -> {
            if (++depth > DEEPEST) {
              throw malformed(at(reader) + "more than " + DEEPEST + " elements deep");
            }
            for (var i = 0; i < reader.getAttributeCount(); i++) {
              if (reader.getAttributeLocalName(i).equals(SCHEMA)
                  && (depth > 1 || !XSI.equals(reader.getAttributeNamespace(i)))) {
                throw malformed(at(reader) + "only the root may name its schema");
              }
            }
          }
          case XMLStreamReader.END_ELEMENT -> depth--;
          case XMLStreamReader.DTD ->
              throw malformed(at(reader) + "document type declarations are not taken");
          case XMLStreamReader.ENTITY_REFERENCE ->
              throw malformed(at(reader) + "entities are not taken");
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static String at(XMLStreamReader reader) {
    return "line " + reader.getLocation().getLineNumber() + ": ";
  }

  private static String text(byte[] xml) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(xml)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("not UTF-8");
    }
  }

  private static HubException malformed(String why) {
    return new HubException(ErrorCode.RESOURCE_MALFORMED, "", why);
  }
}
