-- Records answers of the platform. Recording the same answer twice changes nothing.
-- KEYS: edition hash, states string, owners hash, reasons hash
-- ARGV: batch, parts of the edition, now (s), lifetime s once finished, then four for each answer: index, part, event, reason
--   events: d delivered, j part rejected, g gone, f failed, r nothing was sent, u unknown
-- Without answers it only looks whether the edition is finished.
-- Answers {rejections told for the first time, parts that are refused for everybody …}.
local batch, parts, from = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[1]) * 200
if redis.call('EXISTS', KEYS[1]) == 0 then return { 0 } end
local names = { [10] = 'delivered', [11] = 'gone', [12] = 'rejected', [13] = 'unknown', [14] = 'failed' }
local counts, reasons, first, settled, refused = {}, {}, 0, 0, false
local function add(to, name) to[name] = (to[name] or 0) + 1 end
for at = 5, #ARGV, 4 do
  local offset, part, event, reason = from + tonumber(ARGV[at]) * 2, tonumber(ARGV[at + 1]), ARGV[at + 2], ARGV[at + 3]
  local kept = redis.call('GETRANGE', KEYS[2], offset, offset + 1)
  local done, state = string.byte(kept, 1) or 0, string.byte(kept, 2) or 0
  local phase = state % 32
  local flags = state - phase
  if phase < 10 and done == part then
    local over = false
    if event == 'd' then
      done, phase, over = done + 1, 0, true
      add(counts, 'ok:' .. part)
    elseif event == 'j' then
      done, phase, over, refused = done + 1, 0, true, true
      flags = bit.bor(flags, 128)
      add(counts, 'no:' .. part)
      add(reasons, reason)
    elseif event == 'u' then
      if phase == 3 then
        done, phase, over = done + 1, 0, true
        flags = bit.bor(flags, 32)
        add(reasons, reason)
      else
        phase, flags = 2, bit.bor(flags, 64)
        add(counts, 'unsure')
      end
    elseif event == 'g' then
      phase = 11
      add(reasons, reason)
    elseif event == 'f' then
      phase = 14
      add(reasons, reason)
    elseif phase == 1 or phase == 3 then
      phase = phase - 1
    end
    if over and done >= parts then
      phase = 10
      if flags >= 128 then phase = 12 elseif bit.band(flags, 32) > 0 then phase = 13 end
    end
    if phase >= 10 then
      add(counts, names[phase])
      settled = settled + 1
    end
    redis.call('SETRANGE', KEYS[2], offset, string.char(done, flags + phase))
  end
end
for name, count in pairs(counts) do redis.call('HINCRBY', KEYS[1], name, count) end
for name, count in pairs(reasons) do redis.call('HINCRBY', KEYS[4], name, count) end
if next(reasons) then redis.call('EXPIRE', KEYS[4], ARGV[4]) end
if refused then first = redis.call('HSETNX', KEYS[1], 'refused', ARGV[3]) end
local answer = { first }
if refused then
  for part = 0, parts - 1 do
    local seen = redis.call('HMGET', KEYS[1], 'ok:' .. part, 'no:' .. part)
    -- one refusal may lie in the recipient; three of three lie in the message
    if not seen[1] and (tonumber(seen[2]) or 0) >= 3 then answer[#answer + 1] = part end
  end
end
if settled > 0 or #ARGV == 4 then
  local all = redis.call('HMGET', KEYS[1], 'state', 'recipients', 'delivered', 'gone', 'rejected', 'unknown', 'failed', 'finished')
  local sum = 0
  for index = 3, 7 do sum = sum + (tonumber(all[index]) or 0) end
  if all[1] == 'queued' and not all[8] and sum >= tonumber(all[2]) then
    redis.call('HSET', KEYS[1], 'finished', ARGV[3])
    redis.call('DEL', KEYS[3])
    redis.call('EXPIRE', KEYS[1], ARGV[4])
    redis.call('EXPIRE', KEYS[2], ARGV[4])
  end
end
return answer
