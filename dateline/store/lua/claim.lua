-- Lease due feeds: {now, until, limit, token} -> [feed id, feed, state or false, …]
local due = redis.call('ZRANGEBYSCORE', key('feeds', 'due'), '-inf', input.now, 'LIMIT', 0, input.limit)
local out = {}
for _, id in ipairs(due) do
  local feed = redis.call('HGET', key('feeds'), id)
  if feed then
    redis.call('ZADD', key('feeds', 'due'), input['until'], id)
    redis.call('HSET', key('feeds', 'lease'), id, input.token)
    out[#out + 1] = id
    out[#out + 1] = feed
    out[#out + 1] = redis.call('HGET', key('feeds', 'state'), id)
  else
    redis.call('ZREM', key('feeds', 'due'), id)
    redis.call('HDEL', key('feeds', 'lease'), id)
  end
end
return out
