-- The words of a bucket as one string.
-- KEYS: the bucket
return table.concat(redis.call('SMEMBERS', KEYS[1]), ' ')
