package io.yitong.hub.fhir;

import java.util.Optional;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * One call of an operation.
 *
 * @param type empty at the system level
 * @param id present at the instance level
 * @param parameters those of the body, and those of the query string as string values
 * @param body as posted, for an operation that reads it itself; empty for others and for GET
 * @param filter what the caller may see
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Invocation(
    Optional<ResourceType> type,
    Optional<String> id,
    Parameters parameters,
    Optional<byte[]> body,
    Caller caller,
    ReadFilter filter) {}
