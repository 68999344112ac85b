-- One look of the keeper that sends canaries: {token, lease_ms, every_s, lost_s, kept_s, id, stub: [field, value, …], now},
-- blob 1: the page -> false while another keeper has the lease, else what is told and not counted yet: [field, JSON, …].
-- Those under way for lost_s are given up. One is sent when the last was sent every_s ago. Repeating it sends nothing more.
must_be(key('canary', 'lease'), 'string')
must_be(key('canary', 'way'), 'zset')
must_be(key('canary', 'lost'), 'zset')
must_be(key('canary', 'told'), 'hash')
must_be(key('canary', 'state'), 'hash')
must_be(key('outbox'), 'zset')
local lease = key('canary', 'lease')
local owner = redis.call('GET', lease)
if owner and owner ~= input.token then return false end
redis.call('SET', lease, input.token, 'PX', input.lease_ms)

local time = seconds()
for _, id in ipairs(redis.call('ZRANGEBYSCORE', key('canary', 'way'), '-inf', time - input.lost_s)) do
  end_canary(id, 'lost', {}, 'not arrived in ' .. input.lost_s .. ' s')
end
redis.call('ZREMRANGEBYSCORE', key('canary', 'lost'), '-inf', time - input.kept_s)

local last = tonumber(redis.call('HGET', key('canary', 'state'), 'sent_at') or 0)
-- From the future: the clock was set back.
if last > time or time - last >= input.every_s then
  -- Its version is none that a worker could have read: one that knows no canaries takes it for superseded.
  redis.call('HSET', key('article', input.id), 'version', 0, unpack(input.stub))
  enqueue(input.id, blob(1), input.now, input.now)
  redis.call('ZADD', key('canary', 'way'), time, input.id)
  redis.call('HSET', key('canary', 'state'), 'sent_at', string.format('%.6f', time), 'every_s', input.every_s)
  redis.call('HSETNX', key('canary', 'state'), 'first_at', string.format('%.6f', time))
  tell_canary(input.id, 'sent', time, {}, '')
end
return redis.call('HGETALL', key('canary', 'told'))
