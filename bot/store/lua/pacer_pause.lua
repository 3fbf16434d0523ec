-- Stops everyone: "pause" for so long after a refusal, never shorter than before; "look" only answers.
-- KEYS: state hash   ARGV: "pause", ms, "1" if the refusal is the platform's own limit; "look", 0
-- Answers ms until which all wait, as a string.
local state, kind, length = KEYS[1], ARGV[1], tonumber(ARGV[2])
local function exact(number) return string.format('%.3f', number) end
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local kept = redis.call('HMGET', state, 'tat', 'until', 'last', 'level', 'struck')
local tat, halt, last = tonumber(kept[1]) or 0, tonumber(kept[2]) or 0, tonumber(kept[3]) or 0
local level, struck = tonumber(kept[4]) or 1, tonumber(kept[5])
if now < last then
  local back = last - now
  tat, halt = tat - back, halt - back
  if struck then struck = struck - back end
end
if kind == 'look' then return exact(math.max(0, halt - now)) end
-- answers to calls that were in flight together are one refusal, not many
local again = struck and now - struck < 60000 and now >= halt and now - struck > 500
if not struck or now >= halt then
  redis.call('HSET', state, 'struck', exact(now))
end
if again and ARGV[3] == '1' then
  level = math.max(0.2, level * 0.9)
end
halt = math.max(halt, now + length)
tat = math.max(tat, halt)
redis.call('HSET', state, 'tat', exact(tat), 'until', exact(halt), 'last', exact(now), 'level', tostring(level), 'calm', exact(halt))
redis.call('PEXPIRE', state, 86400000 + math.ceil(halt - now))
return exact(halt - now)
