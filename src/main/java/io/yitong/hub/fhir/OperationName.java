package io.yitong.hub.fhir;

/** A FHIR operation's name, without the dollar sign. */
public record OperationName(String value) {}
