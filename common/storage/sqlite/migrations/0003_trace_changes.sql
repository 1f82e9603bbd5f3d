-- Where the call that wrote a version stands in a distributed trace: `traceparent` of W3C Trace
-- Context, or nothing. Not covered by the hash: it helps to find logs and proves nothing.
ALTER TABLE change ADD COLUMN trace TEXT NOT NULL DEFAULT '';
