-- Acknowledge entries in one commit: {feed, token, now, due, retention_s, most, pages: [{id, guid, version, blob number,
-- stub: [field, value, …], fate or nil, reason, detail}]} -> ids that are new or revised, or 0 when the lease is lost.
-- A page with a fate has ended at once (rejected, unreadable); one without goes to the outbox. The version after the
-- stored one is a revision: the article's fate is taken back, and it goes to the outbox again.
if redis.call('HGET', key('feeds', 'lease'), input.feed) ~= input.token then return 0 end
must_be(key('outbox'), 'zset')
must_be(key('quarantine'), 'zset')
must_be(key('seen', input.feed), 'zset')
must_be(key('books', 'rows'), 'hash')
local new, ended, entries, book = {}, {}, 0, nil

local function take_back(article, id)
  local stood = redis.call('HMGET', article, 'fate', 'book')
  local fate = stood[1]
  if not fate then return end
  count_fate(stood[2], fate, -1)
  if fate == 'quarantined' then redis.call('ZREM', key('quarantine'), id) end
  redis.call('HDEL', article, 'fate', 'reason', 'detail', 'settled_at', 'disposition', 'of', 'similarity', 'judged',
             'share', 'other_share', 'passages', 'spun', 'lineage', 'origin', 'revised', 'merged')
  redis.call('PERSIST', article)
end

for _, page in ipairs(input.pages) do
  local article = key('article', page.id)
  must_be(article, 'hash')
  if redis.call('EXISTS', article) == 0 then
    book = book or book_of(input.feed, input.now)
    entries = entries + 1
    redis.call('HSET', article, 'feeds', input.feed, 'version', page.version, 'book', book, unpack(page.stub))
    if page.fate then
      redis.call('HSET', article, 'fate', page.fate, 'reason', page.reason, 'detail', page.detail,
                 'settled_at', input.now)
      ended[#ended + 1] = page.fate
      redis.call('EXPIRE', article, input.retention_s)
    else
      enqueue(page.id, blob(page.blob), input.now, input.due)
    end
    new[#new + 1] = page.id
  else
    list_too(article, input.feed)
    local stored = tonumber(redis.call('HGET', article, 'version') or 1)
    if not page.fate and page.version == stored + 1 and page.version <= input.most then
      take_back(article, page.id)
      redis.call('HDEL', article, 'attempts')
      redis.call('HSET', article, 'version', page.version, unpack(page.stub))
      enqueue(page.id, blob(page.blob), input.now, input.due)
      new[#new + 1] = page.id
    end
  end
  redis.call('ZADD', key('seen', input.feed), input.now, page.guid)
end
if entries > 0 then count_entries(book, entries) end
for _, fate in ipairs(ended) do count_fate(book, fate, 1) end
return new
