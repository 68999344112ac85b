-- The last commit of a poll: {feed, token, now, next, state, listed: [guid], forget} -> 1, or 0 when
-- the lease is lost. Validators are part of state, so they move on only after every entry is stored.
if redis.call('HGET', key('feeds', 'lease'), input.feed) ~= input.token then return 0 end
if redis.call('HEXISTS', key('feeds'), input.feed) == 0 then
  redis.call('ZREM', key('feeds', 'due'), input.feed)
else
  redis.call('HSET', key('feeds', 'state'), input.feed, input.state)
  redis.call('ZADD', key('feeds', 'due'), input.next, input.feed)
end
redis.call('HDEL', key('feeds', 'lease'), input.feed)
local seen = key('seen', input.feed)
for _, guid in ipairs(input.listed) do
  redis.call('ZADD', seen, 'XX', input.now, guid)
end
if #input.listed > 0 then redis.call('ZREMRANGEBYSCORE', seen, '-inf', input.forget) end
return 1
