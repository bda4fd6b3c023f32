package io.yitong.hub.record.search.codes;

import java.util.Optional;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ValueSet;

/** Where value sets and code systems are looked up, by canonical address. */
public interface Publications {
  Optional<ValueSet> valueSet(String canonical);

  Optional<CodeSystem> codeSystem(String canonical);
}
