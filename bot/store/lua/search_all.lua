-- The newest of the stories that all words have, as one string, found without going through them one by one.
-- KEYS: the stories of each word   ARGV: how many at most, the lowest time, the time that is too late
local ask = { 'ZINTER', #KEYS }
for _, key in ipairs(KEYS) do ask[#ask + 1] = key end
for _, word in ipairs({ 'AGGREGATE', 'MAX', 'WITHSCORES' }) do ask[#ask + 1] = word end
local found, most = redis.call(unpack(ask)), tonumber(ARGV[1])
local lowest, late, kept = tonumber(ARGV[2]), tonumber(ARGV[3]), {}
for at = #found - 1, 1, -2 do
  if #kept >= most then break end
  local time = tonumber(found[at + 1])
  if time >= lowest and time < late then kept[#kept + 1] = found[at] end
end
return table.concat(kept, ' ')
