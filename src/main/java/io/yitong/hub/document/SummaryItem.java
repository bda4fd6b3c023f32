package io.yitong.hub.document;

import org.hl7.fhir.r4.model.Resource;

/**
 * One thing a summary tells.
 *
 * @param fullUrl under which it stands in the Bundle
 * @param json as it is stored, or as it was made
 * @param text what it is, in the words of the resource
 * @param detail value, dose or the like; may be empty
 * @param when date, as the resource has it; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record SummaryItem(
    String fullUrl, Resource resource, byte[] json, String text, String detail, String when) {}
