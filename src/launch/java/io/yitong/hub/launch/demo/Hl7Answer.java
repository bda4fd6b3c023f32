package io.yitong.hub.launch.demo;

/** The fields of an acknowledgement that the story looks at. */
record Hl7Answer(String code, String controlId) {
  static Hl7Answer of(String message) {
    for (var segment : message.split("\r", -1)) {
      if (segment.startsWith("MSA|")) {
        var fields = segment.split("\\|", -1);
        return new Hl7Answer(fields[1], fields.length > 2 ? fields[2] : "");
      }
    }
    return new Hl7Answer("(no MSA)", "");
  }
}
