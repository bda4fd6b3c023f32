package io.yitong.hub.access.audit.search;

import io.yitong.hub.access.audit.chain.AuditRow;
import java.util.List;
import java.util.Set;

/** A row with its id. */
public record AuditEntry(RowId id, AuditRow row) {
  Place place() {
    return new Place(row.at(), id);
  }

  /**
   * What these patients may see of it: who looked, when and why; of a row that concerns others too,
   * neither them nor the question, which may name them.
   */
  public AuditEntry shownTo(Set<String> patients) {
    var own = row.patients().stream().filter(patients::contains).toList();
    return own.size() == row.patients().size() ? this : new AuditEntry(id, without(own));
  }

  private AuditRow without(List<String> own) {
    return new AuditRow(
        row.at(),
        row.client(),
        row.subject(),
        row.institution(),
        row.behalf(),
        row.roles(),
        row.purpose(),
        row.agreement(),
        row.action(),
        row.interaction(),
        type(row.what()),
        "",
        own,
        row.outcome(),
        row.error(),
        row.correlation());
  }

  private static String type(String what) {
    var slash = what.indexOf('/');
    return slash < 0 ? what : what.substring(0, slash);
  }
}
