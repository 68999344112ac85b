-- Acknowledge entries in one commit: {feed, token, now, due, retention_s, pages: [{id, guid, blob number,
-- stub: [field, value, …], fate or nil, reason, detail}]} -> ids that are new, or 0 when the lease is lost.
-- A page with a fate has ended at once (rejected, unreadable); one without goes to the outbox.
if redis.call('HGET', key('feeds', 'lease'), input.feed) ~= input.token then return 0 end
must_be(key('outbox'), 'zset')
must_be(key('seen', input.feed), 'zset')
local new = {}
for _, page in ipairs(input.pages) do
  local article = key('article', page.id)
  must_be(article, 'hash')
  if redis.call('EXISTS', article) == 0 then
    redis.call('HSET', article, unpack(page.stub))
    redis.call('HINCRBY', key('fates'), 'entries', 1)
    if page.fate then
      redis.call('HSET', article, 'fate', page.fate, 'reason', page.reason, 'detail', page.detail,
                 'settled_at', input.now)
      redis.call('HINCRBY', key('fates'), page.fate, 1)
      redis.call('EXPIRE', article, input.retention_s)
    else
      redis.call('SET', key('page', page.id), blob(page.blob))
      redis.call('ZADD', key('outbox'), input.now, page.id)
      redis.call('ZADD', key('outbox', 'due'), input.due, page.id)
    end
    new[#new + 1] = page.id
  else
    local feeds = redis.call('HGET', article, 'feeds') or ''
    if not string.find(' ' .. feeds .. ' ', ' ' .. input.feed .. ' ', 1, true) then
      redis.call('HSET', article, 'feeds', feeds .. ' ' .. input.feed)
    end
  end
  redis.call('ZADD', key('seen', input.feed), input.now, page.guid)
end
return new
