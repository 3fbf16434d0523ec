-- Changes records of subscribers and, with them, who is in which audience and how many there are.
-- KEYS: the shard's counts; all other keys of the shard share its hash tag and begin with the prefix.
-- ARGV: prefix, what (put, keep, pause, resume, forget), then a subscriber each: "bucket field state+audience reason".
-- A record is: state (A active, P not subscribed, G gone but subscribed, g gone and not subscribed), audience (16), reason.
-- `keep` is a put that leaves the state of those who are known. Answers how many records changed.
local prefix, what = ARGV[1], ARGV[2]
local PAUSED = {A = 'G', P = 'g', G = 'G', g = 'g'}
local RESUMED = {A = 'A', P = 'P', G = 'A', g = 'P'}

local function count(field, state, step)
  local name = string.sub(field, 1, 1) .. state
  if redis.call('HINCRBY', KEYS[1], name, step) == 0 then redis.call('HDEL', KEYS[1], name) end
end

local function leave(field, audience)
  redis.call('ZREM', prefix .. 'in:' .. audience, string.sub(field, 2))
  if redis.call('HINCRBY', prefix .. 'sizes', audience, -1) == 0 then redis.call('HDEL', prefix .. 'sizes', audience) end
end

local function join(field, audience)
  redis.call('ZADD', prefix .. 'in:' .. audience, string.match(field, '-?%d+'), string.sub(field, 2))
  redis.call('HINCRBY', prefix .. 'sizes', audience, 1)
end

local changed = 0
for index = 3, #ARGV do
  local bucket, field, wish, reason = string.match(ARGV[index], '^(%d+) (%S+) (%S*) (.*)$')
  local who = prefix .. 'who:' .. bucket
  local old = redis.call('HGET', who, field)
  local was, left, why = '', '', ''
  if old then was, left, why = string.sub(old, 1, 1), string.sub(old, 2, 17), string.sub(old, 18) end
  local new
  if what == 'put' then new = wish .. reason
  elseif what == 'keep' then new = (old and was .. string.sub(wish, 2) .. why) or (wish .. reason)
  elseif what == 'pause' and old then new = PAUSED[was] .. left .. reason
  elseif what == 'resume' and old then new = RESUMED[was] .. left
  end
  if old == false then old = nil end
  if new ~= old and (new or what == 'forget') then
    local is, now = '', ''
    if new then
      is, now = string.sub(new, 1, 1), string.sub(new, 2, 17)
      redis.call('HSET', who, field, new)
    else
      redis.call('HDEL', who, field)
    end
    if was ~= is then
      if was ~= '' then count(field, was, -1) end
      if is ~= '' then count(field, is, 1) end
    end
    local stays = was == 'A' and is == 'A' and left == now
    if was == 'A' and not stays then leave(field, left) end
    if is == 'A' and not stays then join(field, now) end
    changed = changed + 1
  end
end
return changed
