-- Takes a recipient out of an edition: 0 stands in their place, and nothing more is sent to them.
-- KEYS: edition hash, batches hash, states string, reasons hash, posts hash   ARGV: platform, recipient as batches write it, lifetime s, "look"
-- Answers 1 if they were in it; with "look" that is all.
if redis.call('HGET', KEYS[1], 'platform') ~= ARGV[1] then return 0 end
local found = 0
local all = redis.call('HGETALL', KEYS[2])
for at = 1, #all, 2 do
  local text = ' ' .. all[at + 1] .. ' '
  local from, to = string.find(text, ' ' .. ARGV[2] .. ' ', 1, true)
  if from and ARGV[4] == 'look' then return 1 end
  if from then
    local _, before = string.gsub(string.sub(text, 1, from), ' ', '')
    local offset = tonumber(all[at]) * 200 + (before - 1) * 2
    redis.call('HSET', KEYS[2], all[at], string.sub(text, 2, from) .. '0' .. string.sub(text, to, -2))
    local state = string.byte(redis.call('GETRANGE', KEYS[3], offset + 1, offset + 1)) or 0
    if state % 32 < 10 then
      redis.call('SETRANGE', KEYS[3], offset + 1, string.char(state - state % 32 + 11))
      redis.call('EXPIRE', KEYS[3], ARGV[3])
      redis.call('HINCRBY', KEYS[1], 'gone', 1)
      redis.call('HINCRBY', KEYS[4], 'forgotten', 1)
      redis.call('EXPIRE', KEYS[4], ARGV[3])
    end
    found = 1
  end
end
if ARGV[4] == 'look' then return 0 end
for _, field in ipairs(redis.call('HKEYS', KEYS[5])) do
  if string.sub(field, 1, #ARGV[2] + 1) == ARGV[2] .. '/' then redis.call('HDEL', KEYS[5], field) end
end
return found
