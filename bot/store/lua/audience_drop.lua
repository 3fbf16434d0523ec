-- Removes what an audience's id stands for, unless somebody came to the audience since it was found empty.
-- KEYS: audiences by since when nobody is in them; what ids stand for. ARGV: the audience. Answers 1 if it was removed.
if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
return redis.call('HDEL', KEYS[2], ARGV[1])
