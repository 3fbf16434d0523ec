-- Which of some stories each word has, in the same order.
-- KEYS: the stories of each word   ARGV: the ids in one string
local found = {}
for at, key in ipairs(KEYS) do
  local kept = {}
  for id in string.gmatch(ARGV[1], '%S+') do
    if redis.call('ZSCORE', key, id) then kept[#kept + 1] = id end
  end
  found[at] = table.concat(kept, ' ')
end
return found
