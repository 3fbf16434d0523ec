-- Those of some stories that a word has, or with '0' those that it has not, in the same order.
-- KEYS: the word's stories   ARGV: '1' or '0', then the ids in one string
local kept = {}
for id in string.gmatch(ARGV[2], '%S+') do
  if (redis.call('ZSCORE', KEYS[1], id) and '1' or '0') == ARGV[1] then kept[#kept + 1] = id end
end
return table.concat(kept, ' ')
