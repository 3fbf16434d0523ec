-- Takes audiences whose slot has come and lends them to one scheduler; if it dies they come back after the lease.
-- KEYS: due zset   ARGV: now (s), lease (s), limit
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, audience in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[1] + ARGV[2], audience) end
return due
