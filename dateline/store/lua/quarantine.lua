-- Set an article aside, page and all: {id, now, reason, detail, attempts} -> 1, or 0 when it has ended
-- otherwise, or when a revision came in since that attempt: its tries are counted anew. A canary is lost at once: 0.
local article = key('article', input.id)
if redis.call('HGET', article, 'fate') or not redis.call('ZSCORE', key('outbox'), input.id) then return 0 end
if tonumber(redis.call('HGET', article, 'attempts') or 0) < input.attempts then return 0 end
if is_canary(input.id) then
  end_canary(input.id, 'lost', {}, input.reason .. ': ' .. input.detail)
  return 0
end
redis.call('HSET', article, 'fate', 'quarantined', 'reason', input.reason, 'detail', input.detail,
           'settled_at', input.now)
redis.call('ZADD', key('quarantine'), input.now, input.id)
count_fate(redis.call('HGET', article, 'book'), 'quarantined', 1)
redis.call('ZREM', key('outbox'), input.id)
redis.call('ZREM', key('outbox', 'due'), input.id)
return 1
