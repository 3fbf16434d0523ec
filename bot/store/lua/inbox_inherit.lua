-- Says that a process lives, and gives it what dead ones left unanswered, the oldest first.
-- KEYS: bodies (hash), order (zset), owners (hash), alive (zset), tries (hash)
-- ARGV: owner, seconds it stays alive, how many events at most, how often an event is tried, seconds it is kept
-- Answers name, body, …
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[4], now + ARGV[2] * 1000, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now)
redis.call('EXPIRE', KEYS[4], ARGV[5])
local found = {}
local live = {}
for _, name in ipairs(redis.call('ZRANGE', KEYS[2], 0, 999)) do
  if #found >= ARGV[3] * 2 then break end
  local owner = redis.call('HGET', KEYS[3], name) or ''
  if live[owner] == nil then live[owner] = redis.call('ZSCORE', KEYS[4], owner) and true or false end
  if not live[owner] then
    local body = redis.call('HGET', KEYS[1], name)
    if not body or redis.call('HINCRBY', KEYS[5], name, 1) > tonumber(ARGV[4]) then
      redis.call('HDEL', KEYS[1], name)
      redis.call('ZREM', KEYS[2], name)
      redis.call('HDEL', KEYS[3], name)
      redis.call('HDEL', KEYS[5], name)
    else
      redis.call('HSET', KEYS[3], name, ARGV[1])
      found[#found + 1] = name
      found[#found + 1] = body
    end
  end
end
redis.call('EXPIRE', KEYS[5], ARGV[5])
return found
