package io.yitong.hub.fhir.json;

/**
 * What somebody sent, before the model library reads it: that lets names come twice, and works for
 * minutes on a number of ten characters (1e1000000).
 */
public final class BoundedJson {
  private BoundedJson() {}

  /**
   * @param json UTF-8
   * @return the same
   * @throws io.yitong.hub.fhir.HubException RESOURCE_MALFORMED for what is no JSON object, nests
   *     too deep, has a name twice or a number too long
   */
  public static byte[] check(byte[] json) {
    ReadJson.read(json);
    return json;
  }
}
