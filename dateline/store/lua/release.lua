-- Out of quarantine: {id, now, retry, retention_s} -> 1, or 0 when it is not in there.
-- retry: back to the outbox, its tries forgotten; else rejected for good and its page dropped.
if redis.call('ZREM', key('quarantine'), input.id) == 0 then return 0 end
local article = key('article', input.id)
local book = redis.call('HGET', article, 'book')
count_fate(book, 'quarantined', -1)
if input.retry then
  redis.call('HDEL', article, 'fate', 'reason', 'detail', 'settled_at', 'attempts')
  redis.call('ZADD', key('outbox'), input.now, input.id)
  redis.call('ZADD', key('outbox', 'due'), input.now, input.id)
else
  redis.call('HSET', article, 'fate', 'rejected', 'reason', 'dropped from quarantine')
  count_fate(book, 'rejected', 1)
  redis.call('EXPIRE', article, input.retention_s)
  redis.call('DEL', key('page', input.id))
end
return 1
