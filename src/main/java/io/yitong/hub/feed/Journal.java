package io.yitong.hub.feed;

import io.yitong.hub.feed.ReadMessage.Envelope;
import io.yitong.hub.fhir.CorrelationId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The journal's writing side; every method runs in the caller's transaction. */
@ApplicationScoped
class Journal {
  private static final String ENTRY =
      "id, sender, order_key, digest, correlation, state, ack, file_name, received_at";

  private final Rows rows;
  private final Clock clock;

  Journal(DataSource database, Clock clock) {
    this.rows = new Rows(database);
    this.clock = clock;
  }

  /** Takes the bytes in; the same bytes again lead to the entry they have. */
  JournalEntry enter(Sender sender, Envelope envelope, Optional<String> fileName, byte[] bytes) {
    holdOrder(sender.id().toString(), envelope.orderKey());
    hold("control/" + sender.id() + "/" + envelope.controlId());
    var digest = Digest.of(bytes);
    return insert(sender, envelope, fileName, digest, bytes)
        .orElseGet(() -> known(sender, envelope, digest));
  }

  /** Until the transaction ends, no other message of this key is entered or applied. */
  void holdOrder(String sender, String orderKey) {
    if (!orderKey.isEmpty()) {
      hold("order/" + sender + "/" + orderKey);
    }
  }

  /** Until the transaction ends, nothing else is decided by whether this number is registered. */
  void holdPatient(Sender sender, String patientNumber) {
    hold("patient/" + sender.id().institution() + "/" + patientNumber);
  }

  /** The entry as it stands, held until the transaction ends. */
  JournalEntry hold(MessageId id) {
    return rows.query(
            "select " + ENTRY + " from journal where id = ? for update", Journal::entry, id.value())
        .get(0);
  }

  Optional<JournalEntry> find(MessageId id) {
    return rows
        .query("select " + ENTRY + " from journal where id = ?", Journal::entry, id.value())
        .stream()
        .findFirst();
  }

  /**
   * Whether another message of the same application with this control id took effect or is about
   * to. That of a message which never did may be used for its correction.
   */
  boolean isControlIdReused(JournalEntry entry, Envelope envelope) {
    return !envelope.controlId().isEmpty()
        && !rows.query(
                "select 1 from journal where sender = ? and control_id = ? and origin = ?"
                    + " and id < ? and state in ('accepted', 'received') limit 1",
                row -> true,
                entry.sender(),
                envelope.controlId(),
                envelope.origin(),
                entry.id().value())
            .isEmpty();
  }

  byte[] bytes(MessageId id) {
    return rows.query("select bytes from journal where id = ?", row -> row.getBytes(1), id.value())
        .get(0);
  }

  /** The first message of this key that was received and not yet answered. */
  Optional<MessageId> firstUnfinished(String sender, String orderKey) {
    return orderKey.isEmpty()
        ? Optional.empty()
        : rows
            .query(
                "select id from journal where sender = ? and order_key = ? and state = 'received'"
                    + " order by id limit 1",
                row -> new MessageId(row.getLong(1)),
                sender,
                orderKey)
            .stream()
            .findFirst();
  }

  /** Received but not answered, oldest first. */
  List<JournalEntry> unfinishedSince(Instant before, int limit) {
    return rows.query(
        "select "
            + ENTRY
            + " from journal where state = 'received' and received_at < ?"
            + " order by id limit "
            + limit,
        Journal::entry,
        Timestamp.from(before));
  }

  /** The institution's number of the one patient a concluded message was about; empty for many. */
  String patientNumber(MessageId id) {
    return rows.query(
            "select patient_number from journal where id = ?", row -> row.getString(1), id.value())
        .get(0);
  }

  /** Messages that wait for this number to be registered, in order of arrival. */
  List<MessageId> waiting(String institution, String patientNumber) {
    return rows.query(
        "select id from journal where institution = ? and patient_number = ?"
            + " and state = 'quarantined' and error_code = 'PATIENT_UNKNOWN' order by id",
        row -> new MessageId(row.getLong(1)),
        institution,
        patientNumber);
  }

  /**
   * The message's end, in the caller's transaction. The first acknowledgement stays the one.
   *
   * @param from the state it must be in
   * @return false when it was in another
   */
  boolean conclude(MessageId id, JournalState from, Conclusion end) {
    return rows.update(
            "update journal set state = ?, answered_at = coalesce(answered_at, ?),"
                + " ack = coalesce(ack, ?), error_code = ?, error_where = ?, error_zh = ?,"
                + " error_en = ?, patient_number = ?, versions_written = ?, unmapped = ?::text[],"
                + " as_of = ? where id = ? and state = ?",
            end.state().code(),
            Timestamp.from(clock.instant()),
            end.ack().bytes(),
            end.why().map(why -> why.code().name()).orElse(null),
            end.why().map(Objection::where).orElse(null),
            end.why().map(Objection::chinese).orElse(null),
            end.why().map(Objection::english).orElse(null),
            end.patientNumber(),
            end.versionsWritten(),
            end.unmapped().toArray(String[]::new),
            end.asOf().map(Timestamp::from).orElse(null),
            id.value(),
            from.code())
        == 1;
  }

  private Optional<JournalEntry> insert(
      Sender sender, Envelope envelope, Optional<String> fileName, Digest digest, byte[] bytes) {
    return rows
        .query(
            "insert into journal (sender, institution, received_at, origin, control_id, digest,"
                + " bytes, file_name, order_key, message_type, patient_number, correlation, state)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, 'received')"
                + " on conflict (sender, control_id, digest) do nothing returning "
                + ENTRY,
            Journal::entry,
            sender.id().toString(),
            sender.id().institution().urn(),
            Timestamp.from(clock.instant()),
            envelope.origin(),
            envelope.controlId(),
            digest.bytes(),
            bytes,
            fileName.orElse(null),
            envelope.orderKey(),
            envelope.messageType(),
            CorrelationId.random().value())
        .stream()
        .findFirst();
  }

  private JournalEntry known(Sender sender, Envelope envelope, Digest digest) {
    return rows.query(
            "select " + ENTRY + " from journal where sender = ? and control_id = ? and digest = ?",
            Journal::entry,
            sender.id().toString(),
            envelope.controlId(),
            digest.bytes())
        .get(0);
  }

  private void hold(String what) {
    rows.query("select pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, what);
  }

  private static JournalEntry entry(ResultSet row) throws SQLException {
    var ack = row.getBytes(7);
    return new JournalEntry(
        new MessageId(row.getLong(1)),
        row.getString(2),
        row.getString(3),
        new Digest(HexFormat.of().formatHex(row.getBytes(4))),
        new CorrelationId(row.getString(5)),
        JournalState.of(row.getString(6)),
        ack == null ? Ack.none() : Ack.of(ack),
        Optional.ofNullable(row.getString(8)),
        row.getTimestamp(9).toInstant());
  }
}
