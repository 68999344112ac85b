-- Keep a body that a hub pushed: {token, feed, now, most, most_bytes, relied: or nil}, blob 1 the body, or empty
-- -> kept; gone when the subscription is, or its feed is polled no more; full when as many wait as may, until a poll has read them.
if redis.call('HEXISTS', key('websub'), input.token) == 0 then return 'gone' end
if not redis.call('ZSCORE', key('feeds', 'due'), input.feed) then
  redis.call('ZADD', key('websub', 'due'), 'XX', 'LT', input.now, input.token) -- to be left
  return 'gone'
end
local list = key('push', input.feed)
must_be(list, 'list')
if blob(1) ~= '' then
  local waiting = redis.call('LLEN', list)
  if waiting >= input.most then return 'full' end
  if waiting > 0 and redis.call('MEMORY', 'USAGE', list, 'SAMPLES', 0) + #blob(1) > input.most_bytes then return 'full' end
  redis.call('RPUSH', list, blob(1))
end
if input.relied then redis.call('HSET', key('websub', 'until'), input.feed, input.relied) end
wake(input.feed, input.now)
return 'kept'
