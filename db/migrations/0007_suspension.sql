-- Before: a zone answers for as long as it is there.
-- After:  the operator can suspend it: then it is there and answers nothing, and its owner can change nothing.

ALTER TABLE zones ADD COLUMN suspended_at INTEGER;
