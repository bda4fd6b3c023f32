/**
 * One message of any format becomes one FHIR transaction Bundle, by pure functions: the same
 * message and the same mapping give the same bytes. Nothing behind this package knows HL7 v2 or
 * CSV. Which field goes where is told by one small mapper per segment ({@code hl7v2}) and by tables
 * in the resources beside them.
 */
package io.yitong.hub.mapping;
