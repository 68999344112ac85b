-- Let a host rest: {host, until_ms}. The longest rest wins.
local name, time = key('turns', input.host), redis.call('TIME')
local kept = redis.call('EXISTS', name) == 1
redis.call('ZADD', name, 'GT', input.until_ms, '')
-- A caller's clock may differ from ours: a minute more does no harm.
local life_ms = string.format('%.0f', math.max(input.until_ms - time[1] * 1000, 0) + 60000)
if kept then redis.call('PEXPIRE', name, life_ms, 'GT') else redis.call('PEXPIRE', name, life_ms) end
return 1
