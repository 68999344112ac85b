-- Reserve the next turn at a host: {host, now_ms, delay_ms} -> ms to wait.
local name = key('host', input.host)
local free = tonumber(redis.call('GET', name) or 0)
local turn = math.max(free, input.now_ms)
redis.call('SET', name, string.format('%.0f', turn + input.delay_ms), 'PX',
           string.format('%.0f', turn - input.now_ms + input.delay_ms + 1000))
return math.floor(turn - input.now_ms)
