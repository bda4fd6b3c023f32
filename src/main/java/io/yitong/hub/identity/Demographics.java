package io.yitong.hub.identity;

import java.time.LocalDate;
import java.util.Optional;

/**
 * By what another hub can find the person.
 *
 * @param residentId 18 characters, check digit right
 * @param gender FHIR administrative gender code
 */
public record Demographics(
    Optional<String> residentId,
    String name,
    Optional<String> gender,
    Optional<LocalDate> birthDate) {}
