-- Gives a lock back, unless it has run out and belongs to another.
-- KEYS: the lock   ARGV: the holder's mark
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
