-- End one article in one commit: {id, version, now, fate, reason, fields: [field, value, …], retention_s, seen: [id],
-- index or nil: {buckets, bucket, exact, addresses, bands, expire_s}, block_sizes: [[block, size]],
-- changes: [{id, version, expected, record, rest, blocks}], statistics: [rest], block_s, taught or nil: see furniture.lua} ->
-- ['settled', seq, …], ['already', fate], ['unknown'], ['superseded'] or ['contended', why]. Nothing is written unless
-- settled. blob 1: the signature, 2 to 4: what it teaches. Superseded: a revision came in while an earlier version was read.
local article = key('article', input.id)
must_be(article, 'hash')
must_be(key('incidents', 'stream'), 'stream')
must_be(key('statistics', 'stream'), 'stream')
must_be(key('incidents', 'at'), 'zset')
local fate = redis.call('HGET', article, 'fate')
if fate then return {'already', fate} end
if not redis.call('ZSCORE', key('outbox'), input.id) then return {'unknown'} end
local version = tonumber(redis.call('HGET', article, 'version') or 1)
if input.version > 0 and input.version ~= version then return {'superseded'} end

-- The neighbourhood must still be the one that was judged.
if input.index then
  local seen = {}
  for _, id in ipairs(input.seen) do seen[id] = true end
  local _, found = neighbours(input.index.buckets, input.index.exact, input.index.addresses, input.index.bands, input.id)
  for id in pairs(found) do
    if not seen[id] then return {'contended', 'neighbour ' .. id} end
  end
end
for _, block in ipairs(input.block_sizes) do
  if redis.call('SCARD', key('block', block[1])) ~= block[2] then return {'contended', 'block ' .. block[1]} end
end
for _, change in ipairs(input.changes) do
  local standing = tonumber(redis.call('HGET', key('incident', change.id), 'v') or 0)
  if standing ~= change.expected then return {'contended', 'incident ' .. change.id} end
end

-- The stream first: it is what must never be missing.
local out, published = {'settled'}, {}
for _, change in ipairs(input.changes) do
  local seq, data = append(key('incidents', 'stream'), change.rest)
  out[#out + 1] = seq
  published[#published + 1] = data
  redis.call('HSET', key('incident', change.id), 'v', change.version, 'r', change.record)
  redis.call('ZADD', key('incidents', 'at'), input.now, change.id)
  for _, block in ipairs(change.blocks) do
    redis.call('SADD', key('block', block), change.id)
    redis.call('EXPIRE', key('block', block), input.block_s)
  end
end
for _, rest in ipairs(input.statistics) do append(key('statistics', 'stream'), rest) end

if input.index then
  local bucket = key('dedup', input.index.bucket)
  local fields = {}
  for _, band in ipairs(input.index.bands) do fields[#fields + 1] = 'b' .. band end
  for _, address in ipairs(input.index.addresses) do fields[#fields + 1] = 'u' .. address end
  if input.index.exact ~= '' then fields[#fields + 1] = 'x' .. input.index.exact end
  local held, filed = redis.call('HMGET', bucket, unpack(fields)), {'s' .. input.id, blob(1)}
  for position, field in ipairs(fields) do
    local ids = held[position]
    -- A field that a thousand lookalikes share proves little: the first ones stand for all.
    -- A revision is filed already where its words stayed the same.
    local filed_already = ids and version > 1 and string.find(' ' .. ids .. ' ', ' ' .. input.id .. ' ', 1, true)
    if not filed_already and (not ids or #ids <= input.index.field_bytes) then
      filed[#filed + 1] = field
      filed[#filed + 1] = ids and (ids .. ' ' .. input.id) or input.id
    end
  end
  -- In every bucket that files it, the article is compared by its latest words.
  for _, older in ipairs(version > 1 and input.index.buckets or {}) do
    local name = key('dedup', older)
    if redis.call('HEXISTS', name, 's' .. input.id) == 1 then redis.call('HSET', name, 's' .. input.id, blob(1)) end
  end
  redis.call('HSET', bucket, unpack(filed))
  redis.call('EXPIRE', bucket, input.index.expire_s)
end

redis.call('HSET', article, 'fate', input.fate, 'reason', input.reason, 'settled_at', input.now, unpack(input.fields))
redis.call('EXPIRE', article, input.retention_s)
redis.call('HINCRBY', key('fates'), input.fate, 1)
redis.call('ZREM', key('outbox'), input.id)
redis.call('ZREM', key('outbox', 'due'), input.id)
redis.call('DEL', key('page', input.id))
if input.taught then teach(input.taught, blob(2), blob(3), blob(4)) end
for _, data in ipairs(published) do redis.call('PUBLISH', key('incidents'), data) end
return out
