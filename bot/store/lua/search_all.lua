-- The newest of the stories that all words have, as one string, found without going through them one by one.
-- KEYS: the stories of each word   ARGV: how many at most; with a period, its begin and its end
local ask, most = { 'ZINTER', #KEYS }, tonumber(ARGV[1])
for _, key in ipairs(KEYS) do ask[#ask + 1] = key end
ask[#ask + 1], ask[#ask + 2] = 'AGGREGATE', 'MAX'
local kept = {}
if not ARGV[2] then
  local found = redis.call(unpack(ask))
  for at = #found, math.max(1, #found - most + 1), -1 do kept[#kept + 1] = found[at] end
  return table.concat(kept, ' ')
end
ask[#ask + 1] = 'WITHSCORES'
local found, begin, late = redis.call(unpack(ask)), tonumber(ARGV[2]), tonumber(ARGV[3])
for at = #found - 1, 1, -2 do
  local time = tonumber(found[at + 1])
  if #kept >= most or time < begin then break end
  if time < late then kept[#kept + 1] = found[at] end
end
return table.concat(kept, ' ')
