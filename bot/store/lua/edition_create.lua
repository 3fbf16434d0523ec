-- Makes an edition once; whoever comes later only becomes the one who fills it.
-- KEYS: edition hash   ARGV: owner, lifetime s, platform, audience, slot (s), parts, told, source
-- Answers 1 if it is new.
local fresh = redis.call('HSETNX', KEYS[1], 'platform', ARGV[3])
if fresh == 1 then
  redis.call('HSET', KEYS[1], 'audience', ARGV[4], 'slot', ARGV[5], 'parts', ARGV[6], 'told', ARGV[7], 'state', 'open', 'recipients', 0, 'source', ARGV[8])
  redis.call('EXPIRE', KEYS[1], ARGV[2])
end
redis.call('HSET', KEYS[1], 'owner', ARGV[1])
return fresh
