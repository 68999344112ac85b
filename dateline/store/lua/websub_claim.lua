-- Lease WebSub records that are due: {now, until, limit} -> [record, 1 if its feed is polled or 0, …]
local due = redis.call('ZRANGEBYSCORE', key('websub', 'due'), '-inf', input.now, 'LIMIT', 0, input.limit)
local out = {}
for _, token in ipairs(due) do
  local record = redis.call('HGET', key('websub'), token)
  if record then
    redis.call('ZADD', key('websub', 'due'), input['until'], token)
    out[#out + 1] = record
    out[#out + 1] = redis.call('ZSCORE', key('feeds', 'due'), cjson.decode(record).feed_id) and 1 or 0
  else
    redis.call('ZREM', key('websub', 'due'), token)
  end
end
return out
