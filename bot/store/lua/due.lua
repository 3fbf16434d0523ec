-- Takes what is due, and lends it for a while: whoever takes it and dies gives it back by that.
-- KEYS: members by the time they are due   ARGV: now, how many, until when they are lent
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, member in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[3], member) end
return due
