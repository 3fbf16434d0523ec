-- Moves jobs between the streams of one platform; each step can be repeated safely.
-- KEYS: jobs stream (of a lane), dead-letter stream, counter of one edition (for "push")
-- ARGV: step, group, then
--   push: edition, batches up to (excluded), lifetime s     done: ids …            keep: worker, ids … (answers ids that are lost)
--   free: worker, ids …                                     bury: id, edition, batch, reason, now       raise: ids of dead letters …
local jobs, dead, step, group = KEYS[1], KEYS[2], ARGV[1], ARGV[2]
local function mine(worker, id)
  local pending = redis.call('XPENDING', jobs, group, id, id, 1, worker)
  return #pending == 1
end
if step == 'push' then
  local from, to = tonumber(redis.call('GET', KEYS[3]) or 0), tonumber(ARGV[4])
  for batch = from, to - 1 do redis.call('XADD', jobs, '*', 'edition', ARGV[3], 'batch', batch) end
  redis.call('SET', KEYS[3], math.max(from, to), 'EX', ARGV[5])
  return math.max(0, to - from)
elseif step == 'done' then
  for index = 3, #ARGV do
    redis.call('XACK', jobs, group, ARGV[index])
    redis.call('XDEL', jobs, ARGV[index])
  end
  return 1
elseif step == 'keep' then
  local lost = {}
  for index = 4, #ARGV do
    if mine(ARGV[3], ARGV[index]) then
      redis.call('XCLAIM', jobs, group, ARGV[3], 0, ARGV[index], 'JUSTID')
    else
      lost[#lost + 1] = ARGV[index]
    end
  end
  return lost
elseif step == 'free' then
  for index = 4, #ARGV do
    if mine(ARGV[3], ARGV[index]) then
      redis.call('XCLAIM', jobs, group, ARGV[3], 0, ARGV[index], 'IDLE', 86400000, 'JUSTID')
    end
  end
  return 1
elseif step == 'bury' then
  if #redis.call('XRANGE', jobs, ARGV[3], ARGV[3]) == 1 then
    redis.call('XADD', dead, 'MAXLEN', '~', 10000, '*', 'edition', ARGV[4], 'batch', ARGV[5], 'reason', ARGV[6], 'at', ARGV[7])
    redis.call('XACK', jobs, group, ARGV[3])
    redis.call('XDEL', jobs, ARGV[3])
  end
  return 1
end
local raised = 0
for index = 3, #ARGV do
  local found = redis.call('XRANGE', dead, ARGV[index], ARGV[index])
  if #found == 1 then
    local fields = {}
    for at = 1, #found[1][2], 2 do fields[found[1][2][at]] = found[1][2][at + 1] end
    redis.call('XADD', jobs, '*', 'edition', fields.edition, 'batch', fields.batch)
    redis.call('XDEL', dead, ARGV[index])
    raised = raised + 1
  end
end
return raised
