-- Records events that people sent, each once, under the process that will answer them.
-- KEYS: bodies (hash), order (zset), owners (hash), seen (zset), alive (zset)
-- ARGV: owner, seconds the owner stays alive, seconds a name is remembered, then name, body, …
-- Answers the names that are new.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[5], now + ARGV[2] * 1000, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now - ARGV[3] * 1000)
local new = {}
for at = 4, #ARGV, 2 do
  local name = ARGV[at]
  if redis.call('ZADD', KEYS[4], 'NX', now, name) == 1 then
    redis.call('HSET', KEYS[1], name, ARGV[at + 1])
    redis.call('ZADD', KEYS[2], now + (at / 1000000), name)
    redis.call('HSET', KEYS[3], name, ARGV[1])
    new[#new + 1] = name
  end
end
for at = 1, 5 do redis.call('EXPIRE', KEYS[at], ARGV[3]) end
return new
