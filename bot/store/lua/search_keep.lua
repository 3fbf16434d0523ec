-- Those of some stories that all words have, or with '0' those that none has, in the same order.
-- KEYS: the stories of each word   ARGV: '1' or '0', then the ids in one string
local kept = {}
for id in string.gmatch(ARGV[2], '%S+') do
  local fits = true
  for _, key in ipairs(KEYS) do
    if (redis.call('ZSCORE', key, id) and '1' or '0') ~= ARGV[1] then
      fits = false
      break
    end
  end
  if fits then kept[#kept + 1] = id end
end
return { table.concat(kept, ' ') }
