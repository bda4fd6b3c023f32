package io.yitong.hub.mapping.tabular;

import io.yitong.hub.mapping.Dialect;
import io.yitong.hub.mapping.Mapped;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * A laboratory's CSV file to FHIR: one row per result; header names in Chinese or English (table
 * {@code mapping/tabular/lab-csv-columns.csv}).
 */
@ApplicationScoped
public class MapLabCsv {
  /**
   * @param text decoded
   * @param messageUri identity of the file; becomes meta.source of every resource
   * @return one per report in the order of the file, or a single refusal when the file as a whole
   *     cannot be read; never an exception for what a file can contain
   */
  public List<Mapped> map(String text, Dialect dialect, String messageUri) {
    throw new UnsupportedOperationException();
  }
}
