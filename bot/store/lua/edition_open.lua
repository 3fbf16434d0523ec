-- Makes a worker the owner of a batch and tells it how far the batch has come.
-- KEYS: edition hash, batches hash, states string, owners hash   ARGV: worker, batch, "1" if repeats are dropped by the platform, lifetime s
-- Two bytes of state a recipient: parts done; flags (128 a part rejected, 64 sent again, 32 a part unknown) + phase
--   phases: 0 waits, 1 in flight, 2 waits after an unknown outcome, 3 in flight again; 10 delivered, 11 gone, 12 rejected, 13 unknown, 14 failed
-- What was in flight when its owner died has an unknown outcome. Answers {recipients, states, opened without progress} or nothing.
local to = redis.call('HGET', KEYS[2], ARGV[2])
if not to or redis.call('EXISTS', KEYS[1]) == 0 then return false end
local _, spaces = string.gsub(to, ' ', '')
local count, from = spaces + 1, tonumber(ARGV[2]) * 200
local kept = redis.call('GETRANGE', KEYS[3], from, from + count * 2 - 1)
local bytes, progress, unsure = {}, 0, 0
for index = 1, count do
  local done, state = string.byte(kept, index * 2 - 1) or 0, string.byte(kept, index * 2) or 0
  local phase = state % 32
  if phase == 1 or phase == 3 then
    if ARGV[3] == '1' then
      state = state - phase
    else
      state = bit.bor(state - phase, 64) + 2
      unsure = unsure + 1
    end
  end
  progress = progress + done + (phase >= 10 and 100 or 0)
  bytes[#bytes + 1] = string.char(done, state)
end
local states = table.concat(bytes)
redis.call('SETRANGE', KEYS[3], from, states)
redis.call('EXPIRE', KEYS[3], ARGV[4])
if unsure > 0 then redis.call('HINCRBY', KEYS[1], 'unsure', unsure) end
local before = redis.call('HMGET', KEYS[4], 'p' .. ARGV[2], 'n' .. ARGV[2])
local opened = 0
if tonumber(before[1]) == progress then opened = (tonumber(before[2]) or 0) + 1 end
redis.call('HSET', KEYS[4], ARGV[2], ARGV[1], 'p' .. ARGV[2], progress, 'n' .. ARGV[2], opened)
redis.call('EXPIRE', KEYS[4], ARGV[4])
return { to, states, opened, unsure }
