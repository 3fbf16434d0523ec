-- Records that these recipients of a batch are about to be sent to.
-- KEYS: states string, owners hash   ARGV: worker, batch, indexes in the batch …
-- Answers 1, or 0 if the batch belongs to another worker by now: then nothing may be sent; or the indexes that are done with already.
if redis.call('HGET', KEYS[2], ARGV[2]) ~= ARGV[1] then return 0 end
local over
local from = tonumber(ARGV[2]) * 200
for index = 3, #ARGV do
  local at = from + tonumber(ARGV[index]) * 2 + 1
  local state = string.byte(redis.call('GETRANGE', KEYS[1], at, at)) or 0
  local phase = state % 32
  if phase == 0 or phase == 2 then
    redis.call('SETRANGE', KEYS[1], at, string.char(state + 1))
  elseif phase >= 10 then
    over = over or {}
    over[#over + 1] = tonumber(ARGV[index])
  end
end
return over or 1
