-- Crosses out an event that was answered.
-- KEYS: bodies (hash), order (zset), owners (hash), tries (hash)   ARGV: name
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
redis.call('HDEL', KEYS[4], ARGV[1])
return 1
