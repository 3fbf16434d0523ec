-- Files a story under keys of the clustering; under each only the newest stay.
-- KEYS: the buckets   ARGV: the story, the newest of what it tells, how many stay, lifetime s
-- Answers how many there are, a bucket each.
local sizes = {}
for at, key in ipairs(KEYS) do
  redis.call('ZADD', key, ARGV[2], ARGV[1])
  redis.call('ZREMRANGEBYRANK', key, 0, -ARGV[3] - 1)
  redis.call('EXPIRE', key, ARGV[4])
  sizes[at] = redis.call('ZCARD', key)
end
return sizes
