-- Keep a body that a hub pushed: {token, feed, now, most, most_bytes, relied: or nil}, blob 1 the body, or empty
-- -> how many older ones went for it, -1 when the subscription or its feed is gone, -2 when the list is full and a
-- poll reads it: what it drops afterwards it counts from the front.
if redis.call('HEXISTS', key('websub'), input.token) == 0 then return -1 end
if redis.call('HEXISTS', key('feeds'), input.feed) == 0 then
  redis.call('ZADD', key('websub', 'due'), 'XX', 'LT', input.now, input.token) -- to be left
  return -1
end
local list = key('push', input.feed)
must_be(list, 'list')
local displaced = 0
if blob(1) ~= '' then
  local function full(after)
    return redis.call('LLEN', list) + after > input.most
      or (redis.call('LLEN', list) + after > 1
          and (redis.call('MEMORY', 'USAGE', list, 'SAMPLES', 0) or 0) + after * #blob(1) > input.most_bytes)
  end
  if full(1) and redis.call('HEXISTS', key('feeds', 'lease'), input.feed) == 1 then return -2 end
  redis.call('RPUSH', list, blob(1))
  while full(0) do
    redis.call('LPOP', list)
    displaced = displaced + 1
  end
end
if input.relied then redis.call('HSET', key('websub', 'until'), input.feed, input.relied) end
wake(input.feed, input.now)
return displaced
