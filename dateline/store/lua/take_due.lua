-- Hand out articles that are due to be queued: {now, until, limit} -> [id, attempts, …]
local due = redis.call('ZRANGEBYSCORE', key('outbox', 'due'), '-inf', input.now, 'LIMIT', 0, input.limit)
local out = {}
for _, id in ipairs(due) do
  redis.call('ZADD', key('outbox', 'due'), input['until'], id)
  out[#out + 1] = id
  out[#out + 1] = tonumber(redis.call('HGET', key('article', id), 'attempts') or 0)
end
return out
