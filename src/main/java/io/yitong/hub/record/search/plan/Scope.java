package io.yitong.hub.record.search.plan;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import java.util.Collection;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What every part of a statement is made under.
 *
 * @param filter what the reader may see; a part of every subquery
 * @param hubBase of absolute addresses of this hub, the slash at the end included
 */
public record Scope(ReadFilter filter, String hubBase, CodeSets codes, KeyFrequencies frequencies) {
  boolean shows(ResourceType type) {
    return filter.types().contains(type);
  }

  /** The row is of the type, there, and the reader's to see. */
  Sql visible(ResourceType type, String alias) {
    return there(type, alias).add(Visibility.of(filter, alias, type));
  }

  /** The same of a row that belongs to one of a few patients. */
  Sql visible(ResourceType type, String alias, Collection<String> patients) {
    return there(type, alias).add(Visibility.ofPatients(filter, alias, patients));
  }

  private static Sql there(ResourceType type, String alias) {
    return Sql.of(alias + ".type = ? and not " + alias + ".deleted and ", TypeCodes.of(type));
  }
}
