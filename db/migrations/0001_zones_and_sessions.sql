-- Before: an empty database.
-- After:  zones with their records, the numbers given to words, browser sessions, and what the database was made for.

-- Facts about the database as a whole, such as the base domain under which its owners were written.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The number that comes next for a word. It only grows, so that no subdomain is ever given away twice.
CREATE TABLE labels (
  word TEXT PRIMARY KEY,
  next INTEGER NOT NULL CHECK (next > 0)
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT here and below: an id is never used again, so that a stale page or log row cannot mean something else.
CREATE TABLE zones (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  label      TEXT NOT NULL UNIQUE,
  key_hash   BLOB NOT NULL UNIQUE CHECK (length(key_hash) = 32),
  created_at INTEGER NOT NULL
) STRICT;

-- Owner: the whole name in wire form, uncompressed, case kept. RDATA: wire form, names in it uncompressed.
CREATE TABLE records (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  zone_id INTEGER NOT NULL REFERENCES zones (id) ON DELETE CASCADE,
  owner   BLOB NOT NULL CHECK (length(owner) BETWEEN 1 AND 255),
  type    INTEGER NOT NULL CHECK (type BETWEEN 1 AND 65534),
  ttl     INTEGER NOT NULL CHECK (ttl BETWEEN 0 AND 2147483647),
  rdata   BLOB NOT NULL CHECK (length(rdata) <= 65535)
) STRICT;

CREATE INDEX records_by_zone ON records (zone_id);

-- Id: SHA-256 of the token in the cookie, so that who reads this file cannot take over a session.
CREATE TABLE sessions (
  id         BLOB PRIMARY KEY CHECK (length(id) = 32),
  zone_id    INTEGER NOT NULL REFERENCES zones (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_zone ON sessions (zone_id);
CREATE INDEX sessions_by_seen ON sessions (seen_at);
