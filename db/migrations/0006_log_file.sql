-- Before: the query log lay in this file.
-- After:  it lies in a file of its own, see server/store/log-file.ts; what was logged before is forgotten.
--         query_log_state.next_id is above every id that was ever given: where a log that has to begin anew goes on.

DROP TABLE query_batches;
