-- Every message anyone ever sent: its exact bytes, and what became of it.
create table journal (
  id bigint generated always as identity primary key,
  sender text not null,
  institution text not null,
  received_at timestamptz not null,
  -- MSH-3 and MSH-4: one connection may carry several applications, each with its own control ids
  origin text not null,
  -- MSH-10; of a file the digest, since file names come again
  control_id text not null,
  digest bytea not null,
  bytes bytea not null,
  file_name text,
  -- Messages of one sender with the same key take effect in the order received; empty for none.
  order_key text not null,
  message_type text not null,
  patient_number text not null,
  correlation text not null,
  state text not null check (state in ('received', 'accepted', 'quarantined', 'refused')),
  answered_at timestamptz,
  ack bytea,
  error_code text,
  error_where text,
  error_zh text,
  error_en text,
  versions_written integer,
  unmapped text[],
  as_of timestamptz,
  -- The identity of a message.
  unique (sender, control_id, digest)
);

create index journal_by_time on journal (sender, received_at) include (state);
create index journal_unfinished on journal (sender, order_key, id) where state = 'received';
create index journal_quarantined on journal (sender, id) where state = 'quarantined';
create index journal_waiting on journal (institution, patient_number, id)
  where state = 'quarantined' and error_code = 'PATIENT_UNKNOWN';
create index journal_errors on journal (sender, id) where error_code is not null;
