-- Files a story under words, and tells which of them have no lifetime yet: those are new to the index.
-- KEYS: a word's stories, as many as there are words   ARGV: the story, when it changed last
-- Answers 1 or 0 a word, in their order.
local new = {}
for at, key in ipairs(KEYS) do
  redis.call('ZADD', key, ARGV[2], ARGV[1])
  new[at] = redis.call('PTTL', key) < 0 and 1 or 0
end
return new
