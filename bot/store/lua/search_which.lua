-- Which of some stories each word has, in the same order.
-- KEYS: the stories of each word   ARGV: the ids in one string
local ids, found = {}, {}
for id in string.gmatch(ARGV[1], '%S+') do ids[#ids + 1] = id end
for at, key in ipairs(KEYS) do
  local kept = {}
  for first = 1, #ids, 1000 do
    local scores = redis.call('ZMSCORE', key, unpack(ids, first, math.min(first + 999, #ids)))
    for place, score in ipairs(scores) do
      if score then kept[#kept + 1] = ids[first + place - 1] end
    end
  end
  found[at] = table.concat(kept, ' ')
end
return found
