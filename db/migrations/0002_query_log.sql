-- Before: zones and records, and nothing of what was asked for them.
-- After:  queries and their answers, many to a row.

-- Frames of server/querylog/event.ts one behind the other, all of one zone, rising by id. Rows are numbered by age, so that the
-- oldest are found without an index.
CREATE TABLE query_batches (
  seq       INTEGER PRIMARY KEY,
  zone_id   INTEGER NOT NULL REFERENCES zones (id) ON DELETE CASCADE,
  first_id  INTEGER NOT NULL,
  last_id   INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  frames    BLOB NOT NULL
) STRICT;

-- A page of one zone's log, from any query backwards or forwards.
CREATE INDEX query_batches_by_zone ON query_batches (zone_id, last_id);

-- One row. next_id outlives the queries: an id never comes back, so a page that has seen query 7 knows that 8 is newer.
CREATE TABLE query_log_state (
  only    INTEGER PRIMARY KEY CHECK (only = 1),
  next_id INTEGER NOT NULL
) STRICT;

INSERT INTO query_log_state (only, next_id) VALUES (1, 1);
