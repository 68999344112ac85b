-- A worker takes articles: {now, until, ids, max_attempts} -> [id, attempts, page or false, host, what it repeats, …];
-- what has ended meanwhile is left out. attempts beyond max_attempts: the caller quarantines without trying.
local out = {}
for _, id in ipairs(input.ids) do
  local article = key('article', id)
  if redis.call('ZSCORE', key('outbox'), id) then
    local attempts = redis.call('HINCRBY', article, 'attempts', 1)
    redis.call('ZADD', key('outbox', 'due'), input['until'], id)
    out[#out + 1] = id
    out[#out + 1] = attempts
    out[#out + 1] = redis.call('GET', key('page', id))
    local host = host_of(redis.call('HGET', article, 'url'))
    out[#out + 1] = host
    out[#out + 1] = sketch_of(host)
  end
end
return out
