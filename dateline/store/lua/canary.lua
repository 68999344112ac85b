-- Shared by settle, quarantine and canary_round: canaries, articles of our own that measure the wire.
-- An article's id tells one: it holds a character that no other id does. canary:way, ZSET: id -> when it was sent, of those
-- under way, which are in the outbox too; canary:lost, the same of those given up; canary:told, HASH: "id outcome" -> how that
-- was, until the keeper has counted it. All of it by the clock of Redis, whose two ends are one.
local function is_canary(id) return string.sub(id, 1, 7) == 'canary-' end

local function seconds()
  local time = redis.call('TIME')
  return time[1] + time[2] / 1e6
end

local function tell_canary(id, outcome, sent_at, envelopes, detail)
  local told = {id = id, outcome = outcome, sent_at = sent_at, at = seconds(),
                envelopes = table.concat(envelopes, '\n'), detail = detail}
  redis.call('HSET', key('canary', 'told'), id .. ' ' .. outcome, cjson.encode(told))
end

-- The end of one, and of all that it left. Arrived: one that was given up is late; one that nobody knows is told of no more.
local function end_canary(id, outcome, envelopes, detail)
  must_be(key('canary', 'way'), 'zset')
  must_be(key('canary', 'lost'), 'zset')
  must_be(key('canary', 'told'), 'hash')
  local sent_at = redis.call('ZSCORE', key('canary', 'way'), id)
  if outcome == 'arrived' and not sent_at then
    sent_at, outcome = redis.call('ZSCORE', key('canary', 'lost'), id), 'late'
  end
  redis.call('ZREM', key('canary', 'way'), id)
  redis.call('ZREM', key('canary', 'lost'), id)
  redis.call('ZREM', key('outbox'), id)
  redis.call('ZREM', key('outbox', 'due'), id)
  redis.call('DEL', key('page', id), key('article', id))
  if not sent_at then return false end
  if outcome == 'lost' then redis.call('ZADD', key('canary', 'lost'), sent_at, id) end
  tell_canary(id, outcome, tonumber(sent_at), envelopes, detail)
  return true
end
