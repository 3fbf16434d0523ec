-- Those of some stories that all words have, or with '0' those that none has, in the same order.
-- KEYS: the stories of each word   ARGV: '1' or '0', then the ids in one string
local ids, lacks = {}, ARGV[1] == '0'
for id in string.gmatch(ARGV[2], '%S+') do ids[#ids + 1] = id end
for _, key in ipairs(KEYS) do
  local kept = {}
  for first = 1, #ids, 1000 do
    local scores = redis.call('ZMSCORE', key, unpack(ids, first, math.min(first + 999, #ids)))
    for at, score in ipairs(scores) do
      if (score == false) == lacks then kept[#kept + 1] = ids[first + at - 1] end
    end
  end
  ids = kept
end
return { table.concat(ids, ' ') }
