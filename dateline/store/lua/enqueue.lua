-- Shared by accept and canary_round: an article that waits for a worker, page and all. now: when it was accepted,
-- due: when it is queued.
local function enqueue(id, page, now, due)
  redis.call('SET', key('page', id), page)
  redis.call('ZADD', key('outbox'), 'NX', now, id)
  redis.call('ZADD', key('outbox', 'due'), due, id)
end
