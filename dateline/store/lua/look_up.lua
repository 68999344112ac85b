-- The neighbourhood of one article: {id, exact, addresses, bands, index, blocks, limit} ->
-- [fate or false, neighbours, incidents_of, blocks, incidents, own, statistics, followers]. own: the incidents of the
-- article's earlier versions; statistics: the keys of theirs; followers: the neighbours that repeat this very article.
local this = redis.call('HMGET', key('article', input.id), 'fate', 'version', 'incidents', 'statistics')
local fate, revised, own = this[1], (tonumber(this[2]) or 1) > 1, this[3] or ''
local order = neighbours(input.index, input.exact, input.addresses, input.bands, input.id)
table.sort(order, function(a, b)
  if a.exact ~= b.exact then return a.exact end
  if a.address ~= b.address then return a.address end
  if a.hits ~= b.hits then return a.hits > b.hits end
  return a.position < b.position
end)
for position, one in ipairs(order) do one.close = position <= input.limit end
-- The earliest comes first: among equals it is the original.
table.sort(order, function(a, b) return a.position < b.position end)
local near, sources, wanted, asked = {}, {}, {}, {}
local function want(id)
  if id ~= '' and not asked[id] then
    asked[id] = true
    wanted[#wanted + 1] = id
  end
end
for id in string.gmatch(own, '[^ ]+') do want(id) end
-- A reprint of a reprint follows too; chains are short, and a circle must not hold the server.
local function follows(of)
  for _ = 1, 8 do
    if not of or of == '' then return false end
    if of == input.id then return true end
    of = redis.call('HGET', key('article', of), 'of')
  end
  return false
end
local followers = {}
for _, one in ipairs(order) do
  -- Beyond the limit the weakest band hits are only named, so that the commit knows they were seen.
  local signature = false
  if one.close then
    signature = redis.call('HGET', key('dedup', one.bucket), 's' .. one.id)
    local told = redis.call('HMGET', key('article', one.id), 'incidents', 'of')
    local incidents = told[1] or ''
    if revised and follows(told[2]) then followers[#followers + 1] = one.id end
    sources[#sources + 1] = {one.id, incidents}
    for id in string.gmatch(incidents, '[^ ]+') do want(id) end
  end
  near[#near + 1] = {one.id, signature, one.exact and 1 or 0, one.address and 1 or 0}
end
local blocks = {}
for _, block in ipairs(input.blocks) do
  local members = redis.call('SMEMBERS', key('block', block))
  blocks[#blocks + 1] = {block, #members}
  for _, id in ipairs(members) do want(id) end
end
local incidents = {}
for _, id in ipairs(wanted) do
  local record = redis.call('HMGET', key('incident', id), 'v', 'r')
  if record[1] then incidents[#incidents + 1] = {id, tonumber(record[1]), record[2]} end
end
return {fate, near, sources, blocks, incidents, own, this[4] or '', followers}
