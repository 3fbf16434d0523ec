-- Grants what may be called now (a mailing) or reserves the next moment (a reply).
-- KEYS: state hash, log (zset of the last calls: name -> moment), chats (zset: chat -> ms when free), prefix of group keys
-- ARGV: calls a window, window ms, spacing ms, catch-up ms, "reply"|"mail", chat gap ms, group limit, group window ms,
--   number of landed calls, for each its name and ms since the platform counted it at the latest, chats ("0" is none) …
-- The log is the law: a call is granted a window after the one that was so many calls before it. The spacing only spreads calls evenly.
-- Answers {paused ms | -1, wait ms, granted indexes (from 0), blocked: index, ms, index, ms …, level per mille, names of the granted};
-- ms are strings.
local state, log, chats = KEYS[1], KEYS[2], KEYS[3]
local most, window, spacing, catch_up = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local reply, gap, group_limit, group_window = ARGV[5] == 'reply', tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local FIRST = 10 + 2 * tonumber(ARGV[9])
local function exact(number) return string.format('%.3f', number) end

local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local kept = redis.call('HMGET', state, 'tat', 'until', 'last', 'level', 'calm')
local tat, halt, last = tonumber(kept[1]) or 0, tonumber(kept[2]) or 0, tonumber(kept[3]) or 0
local level, calm = tonumber(kept[4]) or 1, tonumber(kept[5]) or 0
if now < last then
  -- the server's clock was set back: what is left to wait stays as it was
  local back = last - now
  tat, halt, calm = tat - back, halt - back, calm - back
  local moments = redis.call('ZRANGE', log, 0, -1, 'WITHSCORES')
  redis.call('DEL', chats)
  for index = 1, #moments, 2 do redis.call('ZADD', log, exact(tonumber(moments[index + 1]) - back), moments[index]) end
end
for index = 10, FIRST - 1, 2 do
  local at, kept_at = now - tonumber(ARGV[index + 1]), tonumber(redis.call('ZSCORE', log, ARGV[index]))
  if kept_at and at > kept_at then redis.call('ZADD', log, exact(at), ARGV[index]) end
end
if now < halt then
  redis.call('HSET', state, 'last', exact(now), 'until', exact(halt), 'tat', exact(tat), 'calm', exact(calm))
  return { exact(halt - now), exact(halt - now), {}, {}, math.floor(level * 1000), {} }
end
if level < 1 and now - calm > 5000 then
  level, calm = math.min(1, level + 0.03), now
end
window, spacing = window / level, spacing / level
tat = math.max(tat, now - catch_up)

local asked = #ARGV - FIRST + 1
local length = redis.call('ZCARD', log)
-- the moments that stand in the way of the next calls, oldest first
local oldest = {}
if length > most - asked then
  local moments = redis.call('ZRANGE', log, 0, asked + math.max(0, length - most), 'WITHSCORES')
  for index = 2, #moments, 2 do oldest[#oldest + 1] = tonumber(moments[index]) end
end
local function next_at(used)
  local at, place = tat + used * spacing, used + 1 + length - most
  if place < 1 or place > #oldest then return at end
  return math.max(at, oldest[place] + window)
end

local function chat_wait(chat)
  local wait = 0
  if gap > 0 then
    local at = tonumber(redis.call('ZSCORE', chats, chat))
    if at and at > now then wait = math.min(at - now, gap) end
  end
  if group_limit > 0 and string.sub(chat, 1, 1) == '-' then
    local first = redis.call('LINDEX', KEYS[4] .. chat, group_limit - 1)
    if first then wait = math.max(wait, math.min(tonumber(first) + group_window - now, group_window)) end
  end
  return wait
end

local granted, blocked, moments, names, used, wait = {}, {}, {}, {}, 0, 0
for index = FIRST, #ARGV do
  local at = next_at(used)
  if at > now and not reply then
    wait = at - now
    break
  end
  local chat = ARGV[index]
  local held = 0
  if chat ~= '0' then held = chat_wait(chat) end
  if held > 0 then
    blocked[#blocked + 1] = index - FIRST
    blocked[#blocked + 1] = exact(held)
  else
    at = math.max(now, at)
    if reply then wait = at - now end
    used = used + 1
    granted[#granted + 1] = index - FIRST
    moments[#moments + 1] = exact(at)
    moments[#moments + 1] = redis.call('HINCRBY', state, 'calls', 1)
    names[#names + 1] = moments[#moments]
    if chat ~= '0' and gap > 0 then redis.call('ZADD', chats, exact(at + gap), chat) end
    if chat ~= '0' and group_limit > 0 and string.sub(chat, 1, 1) == '-' then
      local key = KEYS[4] .. chat
      redis.call('LPUSH', key, exact(at))
      redis.call('LTRIM', key, 0, group_limit - 1)
      redis.call('PEXPIRE', key, group_window + 1000)
    end
    if reply then tat = math.max(tat, at) end
  end
end
if used > 0 then
  redis.call('ZADD', log, unpack(moments))
  redis.call('ZREMRANGEBYRANK', log, 0, -1 - most)
  redis.call('PEXPIRE', log, math.ceil(window) + 60000)
  tat = tat + used * spacing
  if gap > 0 then
    redis.call('ZREMRANGEBYSCORE', chats, '-inf', exact(now))
    redis.call('PEXPIRE', chats, 60000)
  end
end
redis.call('HSET', state, 'tat', exact(tat), 'until', exact(halt), 'last', exact(now), 'level', tostring(level), 'calm', exact(calm))
redis.call('PEXPIRE', state, 86400000)
return { '-1', exact(wait), granted, blocked, math.floor(level * 1000), names }
