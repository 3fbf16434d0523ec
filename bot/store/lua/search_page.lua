-- A page of a word's stories, the newest first, as one string: to read a thousand short answers costs more than to find them.
-- KEYS: the word's stories   ARGV: the highest score, the lowest, how many to skip, how many to give
return table.concat(redis.call('ZREVRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[2], 'LIMIT', ARGV[3], ARGV[4]), ' ')
