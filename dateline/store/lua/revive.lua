-- Give a feed another try: {feed, now, state and before (or nil: never polled), name, entry_at or nil} -> 1,
-- 0 when it is not in the catalog, 2 when its state has changed meanwhile.
local id = input.feed
if redis.call('HEXISTS', key('feeds'), id) == 0 then return 0 end
if (redis.call('HGET', key('feeds', 'state'), id) or '') ~= (input.before or '') then return 2 end
if input.state then
  redis.call('HSET', key('feeds', 'state'), id, input.state)
  stand(id, redis.call('HGET', key('feeds', 'health'), id), input.name, input.now)
  if input.entry_at then redis.call('ZADD', key('feeds', 'silence'), input.entry_at, id) end
end
redis.call('ZADD', key('feeds', 'due'), 'NX', input.now, id)
wake(id, input.now)
return 1
