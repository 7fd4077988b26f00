-- Before: a query is seen by the owner of its zone only.
-- After:  links that show one query to whoever has them.

-- Token_hash: SHA-256 of the token in the link, so that who reads this file cannot follow it. A query is no row of its own; a
-- share whose query has left the log shows nothing, and is deleted when it is looked at.
CREATE TABLE query_shares (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  zone_id    INTEGER NOT NULL REFERENCES zones (id) ON DELETE CASCADE,
  query_id   INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX query_shares_by_zone ON query_shares (zone_id);
