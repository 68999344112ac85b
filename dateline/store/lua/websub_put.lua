-- Write a WebSub record unless it changed meanwhile: {token, feed, revision: of the record that is replaced, 0 for
-- none, state: or nil to forget it, due, relied: until when an active one may be relied upon, poll: now, or nil},
-- blob 1 the record -> 1, or 0 when nothing was written.
local records, feeds = key('websub'), key('websub', 'feed')
must_be(key('websub', 'due'), 'zset')
local stood = redis.call('HGET', records, input.token)
local was = stood and cjson.decode(stood) or {revision = 0}
if was.revision ~= input.revision or (not stood and input.revision > 0) then return 0 end
local current = redis.call('HGET', feeds, input.feed)
if not was.state and current then return 0 end

if was.state then redis.call('SREM', key('websub', 'state', was.state), input.token) end
if input.state then
  redis.call('HSET', records, input.token, blob(1))
  redis.call('SADD', key('websub', 'state', input.state), input.token)
  redis.call('ZADD', key('websub', 'due'), input.due, input.token)
else
  redis.call('HDEL', records, input.token)
  redis.call('ZREM', key('websub', 'due'), input.token)
end

if not was.state then
  redis.call('HSET', feeds, input.feed, input.token)
elseif current == input.token then
  if not input.state or input.state == 'leaving' then redis.call('HDEL', feeds, input.feed) end
  local relied = key('websub', 'until')
  if not input.relied then redis.call('HDEL', relied, input.feed)
  elseif redis.call('HEXISTS', relied, input.feed) == 1 then redis.call('HSET', relied, input.feed, input.relied) end
end
if input.poll then wake(input.feed, input.poll) end
return 1
