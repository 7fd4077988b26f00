-- Before: a zone is changed and read by whoever has its session.
-- After:  and by programs, with keys and tokens that its owner made and limited.

-- Kind: 'tsig' for keys that sign DNS messages (RFC 8945), 'token' for those of HTTP, 'acme-dns' for accounts of that interface.
-- Name, algorithm, secret: of TSIG keys only; the name in wire form and lower case. The secret is there as it is, because both
-- sides need it to sign; of a token there is only its SHA-256.
-- Rights, names, types, networks: JSON arrays of texts. No names, types or networks: any.
-- Used, refused: the last time, and the address that it came from.
CREATE TABLE keys (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  zone_id      INTEGER NOT NULL REFERENCES zones (id) ON DELETE CASCADE,
  kind         TEXT NOT NULL CHECK (kind IN ('tsig', 'token', 'acme-dns')),
  label        TEXT NOT NULL,
  name         BLOB UNIQUE CHECK ((name IS NULL) = (kind <> 'tsig')),
  algorithm    TEXT CHECK ((algorithm IS NULL) = (kind <> 'tsig')),
  secret       BLOB CHECK ((secret IS NULL) = (kind <> 'tsig')),
  token_hash   BLOB UNIQUE CHECK ((token_hash IS NULL) = (kind = 'tsig') AND length(token_hash) = 32),
  rights       TEXT NOT NULL,
  names        TEXT NOT NULL,
  types        TEXT NOT NULL,
  networks     TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER,
  idle_ms      INTEGER,
  used_at      INTEGER,
  used_from    TEXT,
  refused_at   INTEGER,
  refused_from TEXT,
  refused_why  TEXT
) STRICT;

CREATE INDEX keys_by_zone ON keys (zone_id);
