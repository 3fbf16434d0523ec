-- Replaces fields of a hash if nobody has changed it since it was read.
-- KEYS: the hash   ARGV: the digest it had ('' if it was absent), lifetime s, then field, value, … (the new digest among them)
-- Answers 1, or 0 if it has changed.
if (redis.call('HGET', KEYS[1], 'digest') or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1
