-- Which call wrote a version, and the hash that chains it to the version before it in the log:
-- common/storage/audit_chain.h. Rows written before get their hash when this script has run; a row
-- without one can still get it, and nothing else ever changes.
ALTER TABLE change ADD COLUMN method TEXT NOT NULL DEFAULT '';
ALTER TABLE change ADD COLUMN hash BLOB NOT NULL DEFAULT x'';

DROP TRIGGER change_never_changes;

CREATE TRIGGER change_never_changes BEFORE UPDATE ON change WHEN OLD.hash <> x''
BEGIN
  SELECT RAISE(ABORT, 'a version that was written never changes');
END;
