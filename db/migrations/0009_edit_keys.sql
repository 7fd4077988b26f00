-- Before: the history says that a program changed the zone, but not with which key.
-- After:  and with which.

-- What its owner called the key or token, which may be revoked by now; NULL: the page.
ALTER TABLE edits ADD COLUMN key TEXT;
