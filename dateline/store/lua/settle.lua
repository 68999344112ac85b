-- End one article in one commit: {id, version, now, fate, reason, fields: [field, value, …], retention_s,
-- index or nil: {at, words, filed_since, articles, expire_s}, seen: what the look-up said, or -1,
-- block_sizes: [[block, size]], changes: [{id, version, expected, record, rest, blocks, event, closed, alarms: see alerts.lua}],
-- at: now as JSON, statistics: [rest], block_s,
-- story, merged: [story], taught or nil: see furniture.lua} ->
-- ['settled', seq, …, ['high sent', …]], ['already', fate], ['unknown'], ['superseded'] or ['contended', why]. Nothing is written unless
-- settled. Of a canary ['arrived'] or ['unknown']: its envelopes go to the channel of canaries, and nowhere else. blob 1: the sketch, 2: its keys, 3: 8 bytes of its exact hash, 4 to 6: what it teaches. Superseded: a revision came in while an earlier
-- version was read.
local article = key('article', input.id)

local function settle_canary()
  local time, envelopes = redis.call('TIME'), {}
  local head = string.format('{"seq":"%.0f-0",', time[1] * 1000 + math.floor(time[2] / 1000))
  for _, change in ipairs(input.changes) do envelopes[#envelopes + 1] = head .. change.rest end
  for _, rest in ipairs(input.statistics) do envelopes[#envelopes + 1] = head .. rest end
  if not end_canary(input.id, 'arrived', envelopes, input.fate .. ': ' .. input.reason) then return {'unknown'} end
  for _, data in ipairs(envelopes) do redis.call('PUBLISH', key('canary'), data) end
  return {'arrived'}
end

must_be(article, 'hash')
must_be(key('incidents', 'stream'), 'stream')
must_be(key('statistics', 'stream'), 'stream')
must_be(key('incidents', 'at'), 'zset')
for _, change in ipairs(input.changes) do
  for _, block in ipairs(change.blocks) do must_be(key('block', block), 'set') end
end
must_be(key('story', input.story), 'string')
for _, story in ipairs(input.merged) do must_be(key('story', story), 'string') end
if is_canary(input.id) then return settle_canary() end
local stood = redis.call('HMGET', article, 'fate', 'version', 'book')
if stood[1] then return {'already', stood[1]} end
if not redis.call('ZSCORE', key('outbox'), input.id) then return {'unknown'} end
local version = tonumber(stood[2] or 1)
if input.version > 0 and input.version ~= version then return {'superseded'} end

-- The neighbourhood must still be the one that was judged.
local state, postings
if input.index then
  postings, state = read_postings(blob(2))
  local other = unseen(postings, state, input.seen, input.id, input.index.filed_since)
  if other then return {'contended', 'neighbour ' .. other} end
end
for _, block in ipairs(input.block_sizes) do
  if redis.call('SCARD', key('block', block[1])) ~= block[2] then return {'contended', 'block ' .. block[1]} end
end
for _, change in ipairs(input.changes) do
  local standing = tonumber(redis.call('HGET', key('incident', change.id), 'v') or 0)
  if standing ~= change.expected then return {'contended', 'incident ' .. change.id} end
end

-- The index first: if it is damaged, nothing else is written. Then the stream: it is what must never be missing.
if input.index then
  local filed = {id = input.id, at = input.index.at, words = input.index.words, exact = blob(3)}
  file(postings, state, filed, blob(1), input.index, input.index.filed_since)
end
local out, published = {'settled'}, {}
for _, change in ipairs(input.changes) do
  local seq, data = append(key('incidents', 'stream'), change.rest)
  out[#out + 1] = seq
  published[#published + 1] = data
  redis.call('HSET', key('incident', change.id), 'v', change.version, 'r', change.record)
  -- Folded: whoever looks it up from here on, by block or by article, is led to the one in which it goes on.
  if change.into ~= '' then redis.call('HSET', key('incident', change.id), 'm', change.into) end
  if input.story ~= '' then redis.call('HSETNX', key('incident', change.id), 's', input.story) end
  redis.call('ZADD', key('incidents', 'at'), input.now, change.id)
  for _, block in ipairs(change.blocks) do
    redis.call('SADD', key('block', block), change.id)
    redis.call('EXPIRE', key('block', block), input.block_s)
  end
end
local counted = {}
for _, change in ipairs(input.changes) do tell_watches(change, input.now, input.at, counted) end
out[#out + 1] = counted
for _, rest in ipairs(input.statistics) do append(key('statistics', 'stream'), rest) end

for _, story in ipairs(input.merged) do merge(story, input.story, input.now, input.retention_s) end

redis.call('HSET', article, 'fate', input.fate, 'reason', input.reason, 'settled_at', input.now, unpack(input.fields))
redis.call('EXPIRE', article, input.retention_s)
count_fate(stood[3], input.fate, 1)
redis.call('ZREM', key('outbox'), input.id)
redis.call('ZREM', key('outbox', 'due'), input.id)
redis.call('DEL', key('page', input.id))
if input.taught then teach(input.taught, blob(4), blob(5), blob(6)) end
for _, data in ipairs(published) do redis.call('PUBLISH', key('incidents'), data) end
publish_alerts()
return out
