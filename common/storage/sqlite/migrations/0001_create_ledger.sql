-- The log: every version of every record, in commit order, and the only copy of its payload.
-- `payload` stands last, so that reading the columns before it does not walk through its pages.
CREATE TABLE change (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  commit_sequence INTEGER NOT NULL CHECK (commit_sequence >= sequence),
  kind TEXT NOT NULL CHECK (length(CAST(kind AS BLOB)) BETWEEN 1 AND 64),
  name TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  time_us INTEGER NOT NULL,
  actor TEXT NOT NULL,
  payload BLOB NOT NULL,
  UNIQUE (kind, name, version)
) STRICT;

CREATE TRIGGER change_never_changes BEFORE UPDATE ON change
BEGIN
  SELECT RAISE(ABORT, 'a version that was written never changes');
END;

-- The newest version of each record. `keys` are its rows in index_key, encoded, so that the next
-- version can drop them without a second index.
CREATE TABLE current (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  sequence INTEGER NOT NULL REFERENCES change (sequence),
  version INTEGER NOT NULL CHECK (version > 0),
  keys BLOB NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE index_key (
  kind TEXT NOT NULL,
  index_name TEXT NOT NULL,
  value TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (kind, index_name, value, name)
) STRICT, WITHOUT ROWID;

-- First answers, for clients that repeat a request.
CREATE TABLE request (
  principal TEXT NOT NULL,
  method TEXT NOT NULL,
  request_id TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  answer BLOB NOT NULL,
  commit_sequence INTEGER NOT NULL CHECK (commit_sequence >= 0),
  time_us INTEGER NOT NULL,
  PRIMARY KEY (principal, method, request_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE value (
  key TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: which store this is. A restore from a backup raises the epoch.
CREATE TABLE store (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  store_id TEXT NOT NULL,
  epoch INTEGER NOT NULL CHECK (epoch > 0)
) STRICT;
