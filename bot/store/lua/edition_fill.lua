-- Adds batches of recipients to an edition; a batch that is there already stays as it is.
-- KEYS: edition hash, batches hash   ARGV: owner, number of the first batch, lifetime s, batch texts ("id id:thread …") …
-- Answers 1, or 0 if the edition has another owner by now.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
local first = tonumber(ARGV[2])
for index = 4, #ARGV do
  local batch = first + index - 4
  if redis.call('HSETNX', KEYS[2], batch, ARGV[index]) == 1 then
    local _, spaces = string.gsub(ARGV[index], ' ', '')
    redis.call('HINCRBY', KEYS[1], 'recipients', spaces + 1)
    redis.call('HINCRBY', KEYS[1], 'batches', 1)
  end
end
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 1
