-- Takes audiences whose slot has come and lends them to one scheduler; if it dies they come back after the lease.
-- KEYS: due zset[, zset that remembers the slot of what is taken until it is done]   ARGV: now (s), lease (s), limit
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, audience in ipairs(due) do
  if KEYS[2] then redis.call('ZADD', KEYS[2], 'NX', redis.call('ZSCORE', KEYS[1], audience), audience) end
  redis.call('ZADD', KEYS[1], ARGV[1] + ARGV[2], audience)
end
return due
