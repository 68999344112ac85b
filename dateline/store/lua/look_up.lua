-- The neighbourhood of one article: {id, addresses: how many, filed_since, blocks, limit}, blob 1: its keys
-- (`index.packed`) -> [fate or false, neighbours, incidents_of, blocks, incidents, own, statistics, followers, earlier or
-- false, seen]. own: the incidents of the article's earlier versions; statistics: the keys of theirs; followers: the
-- neighbours that repeat this very article; earlier: itself as it is filed; seen: what is filed later has a larger number.
local this = redis.call('HMGET', key('article', input.id), 'fate', 'version', 'incidents', 'statistics', 'story',
                        'published_at')
local fate, revised, own = this[1], (tonumber(this[2]) or 1) > 1, this[3] or ''
local postings, state = read_postings(blob(1))
local order, itself = neighbours(postings, state, input.id, input.filed_since, input.addresses, input.limit)
local near, sources, wanted, asked, stories = {}, {}, {}, {}, {}
-- An incident that was folded goes on in another, and so on a few times over; each record is read once.
local standing, records = {}, {}
local function want(id)
  if id == '' then return '' end
  if standing[id] then return standing[id] end
  local first, record = id, nil
  for _ = 1, 16 do
    record = records[id] or redis.call('HMGET', key('incident', id), 'v', 'r', 's', 'm')
    if not record[4] then break end
    id = record[4]
  end
  standing[first], standing[id], records[id] = id, id, record
  if not asked[id] then
    asked[id] = true
    wanted[#wanted + 1] = id
  end
  return id
end
-- The incidents that a list of ids, with blanks between them, stands for by now.
local function want_all(ids)
  local found, known = {}, {}
  for id in string.gmatch(ids, '[^ ]+') do
    id = want(id)
    if not known[id] then
      known[id] = true
      found[#found + 1] = id
    end
  end
  return table.concat(found, ' ')
end
local function story_of(story)
  if not story or story == '' then return '' end
  stories[story] = stories[story] or surviving(story)
  return stories[story]
end
own = want_all(own)
-- A reprint of a reprint follows too; chains are short, and a circle must not hold the server.
local function follows(of)
  for _ = 1, 8 do
    if not of or of == '' then return false end
    if of == input.id then return true end
    of = redis.call('HGET', key('article', of), 'of')
  end
  return false
end
local followers, origins, present = {}, {}, {[input.id] = true}
local function tell(one)
  local told = redis.call('HMGET', key('article', one.id), 'incidents', 'of', 'disposition', 'story', 'published_at')
  if revised and follows(told[2]) then followers[#followers + 1] = one.id end
  sources[#sources + 1] = {one.id, want_all(told[1] or '')}
  one.story, one.published = story_of(told[4]), told[5] or ''
  one.of = (told[3] == 'duplicate' or told[3] == 'reprint') and told[2] or ''
end
for _, one in ipairs(order) do
  present[one.id] = true
  tell(one)
end
for _, one in ipairs(order) do
  if one.of ~= '' and not present[one.of] then
    present[one.of] = true
    origins[#origins + 1] = one.of
  end
end
for _, one in ipairs(stubs_of(origins, input.filed_since)) do
  tell(one)
  order[#order + 1] = one
end
earliest_first(order, state)
for _, one in ipairs(order) do
  near[#near + 1] = {one.record, one.address, one.story, one.of, one.published}
end
local blocks = {}
for _, block in ipairs(input.blocks) do
  local members = redis.call('SMEMBERS', key('block', block))
  blocks[#blocks + 1] = {block, #members}
  for _, id in ipairs(members) do want(id) end
end
local incidents = {}
for _, id in ipairs(wanted) do
  local record = records[id]
  if record[1] then incidents[#incidents + 1] = {id, tonumber(record[1]), record[2], story_of(record[3])} end
end
local earlier = itself and {itself.record, itself.address, story_of(this[5]), '', this[6] or ''}
return {fate, near, sources, blocks, incidents, own, this[4] or '', followers, earlier or false, state.next}
