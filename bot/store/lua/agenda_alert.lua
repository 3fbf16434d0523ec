-- Counts an alert of a day if one more is allowed.
-- KEYS: audience's agenda hash   ARGV: field of the day, most, lifetime s, name of the alert
-- Answers 1 if the alert may be sent; asking again for the same alert answers the same.
local counted = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if string.find(counted, '|' .. ARGV[4] .. '|', 1, true) then return 1 end
local _, bars = string.gsub(counted, '||', '')
local count = counted == '' and 0 or bars + 1
if count >= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], counted .. '|' .. ARGV[4] .. '|')
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
