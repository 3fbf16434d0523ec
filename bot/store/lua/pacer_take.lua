-- Takes tokens that are free now (a mailing) or reserves the next one (a reply).
-- KEYS: state hash, chats (zset: chat -> ms when it is free again), prefix of group keys
-- ARGV: rate a second, tolerance ms, "reply"|"mail", chat gap ms, group limit, group window ms, chat ids ("0" is no chat) …
-- Answers {paused ms | -1, wait ms, granted indexes (from 0), blocked index, ms, index, ms …, level per mille}; ms are strings.
local state, chats = KEYS[1], KEYS[2]
local rate, tolerance, reply = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == 'reply'
local gap, group_limit, group_window = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local function exact(number) return string.format('%.3f', number) end

local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local kept = redis.call('HMGET', state, 'tat', 'until', 'last', 'level', 'calm')
local tat, halt, last = tonumber(kept[1]) or 0, tonumber(kept[2]) or 0, tonumber(kept[3]) or 0
local level, calm = tonumber(kept[4]) or 1, tonumber(kept[5]) or 0
if now < last then
  -- the server's clock was set back: what is left to wait stays as it was
  tat, halt, calm = tat - (last - now), halt - (last - now), calm - (last - now)
  redis.call('DEL', chats)
end
if now < halt then
  redis.call('HSET', state, 'last', exact(now), 'until', exact(halt), 'tat', exact(tat), 'calm', exact(calm))
  return { exact(halt - now), exact(halt - now), {}, {}, math.floor(level * 1000) }
end
if level < 1 and now - calm > 5000 then
  level, calm = math.min(1, level + 0.03), now
end

local period = 1000 / (rate * level)
tat = math.max(tat, now - tolerance)
local free = 0
if now >= tat then free = math.floor((now - tat) / period) + 1 end
if reply then free = 1 end

local function chat_wait(chat)
  local wait = 0
  if gap > 0 then
    local at = tonumber(redis.call('ZSCORE', chats, chat))
    if at and at > now then wait = math.min(at - now, gap) end
  end
  if group_limit > 0 and string.sub(chat, 1, 1) == '-' then
    local oldest = redis.call('LINDEX', KEYS[3] .. chat, group_limit - 1)
    if oldest then wait = math.max(wait, math.min(tonumber(oldest) + group_window - now, group_window)) end
  end
  return wait
end

local granted, blocked = {}, {}
local used = 0
for index = 7, #ARGV do
  if used >= free then break end
  local chat = ARGV[index]
  local wait = 0
  if chat ~= '0' then wait = chat_wait(chat) end
  if wait > 0 then
    blocked[#blocked + 1] = index - 7
    blocked[#blocked + 1] = exact(wait)
  else
    local at = math.max(now, tat + used * period)
    used = used + 1
    granted[#granted + 1] = index - 7
    if chat ~= '0' and gap > 0 then redis.call('ZADD', chats, exact(at + gap), chat) end
    if chat ~= '0' and group_limit > 0 and string.sub(chat, 1, 1) == '-' then
      local key = KEYS[3] .. chat
      redis.call('LPUSH', key, exact(at))
      redis.call('LTRIM', key, 0, group_limit - 1)
      redis.call('PEXPIRE', key, group_window + 1000)
    end
  end
end
local wait
if reply then wait = math.max(0, tat - now) else wait = math.max(0, tat + used * period - now) end
if used == 0 and reply then wait = 0 end
tat = tat + used * period
redis.call('HSET', state, 'tat', exact(tat), 'until', exact(halt), 'last', exact(now), 'level', tostring(level), 'calm', exact(calm))
redis.call('PEXPIRE', state, 86400000)
if gap > 0 and used > 0 then
  redis.call('ZREMRANGEBYSCORE', chats, '-inf', exact(now))
  redis.call('PEXPIRE', chats, 60000)
end
return { '-1', exact(wait), granted, blocked, math.floor(level * 1000) }
