-- Before: an edit leaves no trace but its result, and zones stay for ever.
-- After:  the newest edits of each zone with what they took away and brought, and when its owner was last seen.

-- Removed, added: the records, one behind the other as in a message (RFC 1035 §3.2.1) but without CLASS, names uncompressed.
-- An SOA is among them only when more than its serial changed. Kind: the road on which the edit came.
CREATE TABLE edits (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  zone_id INTEGER NOT NULL REFERENCES zones (id) ON DELETE CASCADE,
  time    INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  serial  INTEGER NOT NULL,
  removed BLOB NOT NULL,
  added   BLOB NOT NULL
) STRICT;

CREATE INDEX edits_by_zone ON edits (zone_id, id);

-- Who was there before the column was counts as seen now, so that nobody finds a subdomain gone without having been warned.
ALTER TABLE zones ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
UPDATE zones SET seen_at = unixepoch() * 1000;

CREATE INDEX zones_by_seen ON zones (seen_at);
