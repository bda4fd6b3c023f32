package io.yitong.hub.mapping.lab;

import io.yitong.hub.mapping.PartialTime;
import java.util.Optional;
import org.hl7.fhir.r4.model.Reference;

/** A specimen as its results need to know it. */
public record SpecimenFacts(Reference reference, Optional<PartialTime> collected) {}
