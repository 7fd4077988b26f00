-- Queries and their answers, many to a row: frames of server/querylog/event.ts one behind the other, all of one zone, rising
-- by id. The row's own number grows with age, so that the oldest are found without an index.
create table query_batches (
  seq integer primary key,
  zone_id integer not null references zones (id) on delete cascade,
  first_id integer not null,
  last_id integer not null,
  last_time integer not null,
  frames blob not null
) strict;

-- A page of one zone's log, from any query backwards or forwards.
create index query_batches_by_zone on query_batches (zone_id, last_id);

-- One row. next_id outlives the queries, so that an id never comes back and a page that has seen query 7 knows that 8 is newer.
create table query_log_state (
  only integer primary key check (only = 1),
  next_id integer not null
) strict;
insert into query_log_state values (1, 1);
