-- How feeds are, behind shared.lua: HASH feeds:health {feed id -> name}, and of each name a ZSET of the feeds with
-- since when. Both change here only, so that their sizes are the counts.
local function stand(id, stood, name, now)
  if stood == name then return end
  if stood then redis.call('ZREM', key('feeds', 'health', stood), id) end
  redis.call('ZADD', key('feeds', 'health', name), now, id)
  redis.call('HSET', key('feeds', 'health'), id, name)
end
