-- How well what institutions write keeps to its profiles, by sample: written by the follower of changes "quality-score".
create table quality_score (
  institution text not null,
  -- of the region, when it was written
  day         date not null,
  type        text not null,
  seen        bigint not null,
  examined    bigint not null,
  -- examined with at least one error
  flawed      bigint not null,
  primary key (institution, day, type)
);

-- What was wrong most often, with one example to look at.
create table quality_flaw (
  institution text not null,
  day         date not null,
  type        text not null,
  path        text not null,
  occurrences bigint not null,
  -- without the values it quotes, so that equal faults add up
  text        text not null,
  example     text not null,
  primary key (institution, day, type, path, text)
);
