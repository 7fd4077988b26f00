-- Before: a logged query did not say why it was answered as it was, nor how long that took.
-- After:  it does; see the frame in server/querylog/event.ts. Older queries, which cannot say it, are forgotten.

DELETE FROM query_batches;
