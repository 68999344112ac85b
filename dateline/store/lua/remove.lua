-- Take a feed out of the catalog, with all that is kept of it: {feed} -> 1, or 0 when it is not there.
local id = input.feed
local row = redis.call('HGET', key('feeds'), id)
if not row then return 0 end
local feed = cjson.decode(row)
local urls = type(feed.moved_from) == 'table' and feed.moved_from or {}
urls[#urls + 1] = feed.url
for _, url in ipairs(urls) do
  local address = string.match(url, '://(.*)') or url
  if redis.call('HGET', key('feeds', 'address'), address) == id then redis.call('HDEL', key('feeds', 'address'), address) end
end
local stood = redis.call('HGET', key('feeds', 'health'), id)
if stood then redis.call('ZREM', key('feeds', 'health', stood), id) end
for _, name in ipairs({'state', 'lease', 'items', 'health', 'host'}) do redis.call('HDEL', key('feeds', name), id) end
redis.call('ZREM', key('feeds', 'due'), id)
redis.call('ZREM', key('feeds', 'silence'), id)
redis.call('SREM', key('feeds', 'filed'), id)
redis.call('DEL', key('seen', id), key('push', id))
redis.call('HDEL', key('websub', 'until'), id)
local token = redis.call('HGET', key('websub', 'feed'), id)
if token then redis.call('ZADD', key('websub', 'due'), 'XX', 'LT', 0, token) end -- its hub is told soon
-- The hub is told by who looks after its subscription.
local token = redis.call('HGET', key('websub', 'feed'), id)
if token then redis.call('ZADD', key('websub', 'due'), 'XX', 'LT', 0, token) end
redis.call('HDEL', key('feeds'), id)
return 1
