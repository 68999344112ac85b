-- Shared by look_up and settle: the duplicate index.
-- postings, one hash: the low bits of a key are its field, whose value holds 8 bytes for each article filed under any key
-- of that field: the key's other bits (the check), then the article's number; ascending, so what is stale stands first.
-- stubs, strings of 64 KiB: the articles in the order in which they were filed. A number is a place in them: which
-- string, and which 8 bytes of it. A stub: its length, the length of the id (0: dead), when filed, the number of the
-- article's first version, words, 8 bytes of the exact hash, then id and sketch. Numbers go round after 2^32; the living are a short part of that.
local UNIT, UNITS, CHUNKS, NUMBERS = 8, 8192, 524288, 4294967296
-- With its header such a string fills what jemalloc gives it.
local CHUNK_BYTES, HEAD_BYTES, MOST_BYTES = 65536 - 64, 23, 344
-- As in `index.packed`.
local PARTITION_BITS = 20
-- The field of the hash that is no list but the state of the index.
local STATE, STATE_BYTES = 's', 40
-- A key that many share tells little: the first ones that filed it and the latest stand for all.
local FIRST, LATEST = 3, 5
-- Who shares a key counts 1/n of WHOLE, where n share it (any n up to FIRST + LATEST divides it); who shares an address, more than
-- all keys could. To be looked at takes LEAST or as much as all keys together could bring at worst; the best FEW are looked at anyway.
-- As in `dedup.shelf`.
local WHOLE, SAME, FEW = 840, 2 ^ 40, 2
local LEAST = WHOLE / 4

local find, sub, floor, pack, parts = string.find, string.sub, math.floor, struct.pack, struct.unpack
-- Not by key(): this is spelled with every call of every script, and is a good part of what a look-up costs.
local lists_key, chunks_key = prefix .. 'index:keys', prefix .. 'index:stubs:'

-- How far `number` lies behind `than`.
local function behind(number, than) return (than - number) % NUMBERS end

-- next: where the next stub goes; first: the oldest string that may live; filed: articles, ever; base: so many were
-- filed before the oldest string, opened: before the newest; swept, touched: when that was last done.
local function state_of(packed)
  -- Of another length it is damaged, or of another version: the index begins anew.
  if not packed or #packed ~= STATE_BYTES then return {next = 0, first = 0, filed = 0, base = 0, opened = 0, swept = 0, touched = 0, fresh = true} end
  local next, first, filed, base, opened, swept, touched = parts('<I4I4dddI4I4', packed)
  return {next = next, first = first, filed = filed, base = base, opened = opened, swept = swept, touched = touched}
end

-- Where in the list the check's postings stand, or nil for none.
local function places(list, check)
  local place, found = find(list, check, 1, true), nil
  while place do
    if place % 8 == 1 then
      if found then found[#found + 1] = place else found = {place} end
      place = place + 7
    end
    place = find(list, check, place + 1, true)
  end
  return found
end

-- The keys of an article, as `index.packed` has them: their fields and checks, the lists of the fields, and where in
-- each list the check's own postings stand. And the state of the index, which lies among the lists.
local function read_postings(packed)
  local count, shared = #packed / 7, {}
  local fields = {parts(string.rep('c3', count), packed)}
  local checks = {parts(string.rep('c4', count), packed, 3 * count + 1)}
  fields[count + 1], checks[count + 1] = STATE, nil -- parts() told last where it ended
  local lists = redis.call('HMGET', lists_key, unpack(fields))
  for position = 1, count do
    -- A damaged list holds nothing.
    if lists[position] and #lists[position] % 8 > 0 then lists[position] = false end
    local list = lists[position]
    if list then shared[position] = places(list, checks[position]) end
  end
  return {count = count, fields = fields, checks = checks, lists = lists, shared = shared}, state_of(lists[count + 1])
end

local function number_at(list, place) return (parts('<I4', list, place + 4)) end

-- The living stub under a number, or nil. `index.read` reads its record, behind which others may stand.
local function stub(number, filed_since)
  local name, start = chunks_key .. floor(number / UNITS), number % UNITS * UNIT
  local record = redis.call('GETRANGE', name, start, start + MOST_BYTES - 1)
  if #record < HEAD_BYTES then return nil end
  local length, id_bytes, at, order = parts('<I2BI4I4', record)
  if id_bytes == 0 or at < filed_since then return nil end
  if length > #record then record = redis.call('GETRANGE', name, start, start + length - 1) end
  local id = sub(record, HEAD_BYTES + 1, HEAD_BYTES + id_bytes)
  -- A damaged stub tells of nobody.
  if length > #record or length < HEAD_BYTES + id_bytes or find(id, '%W') then return nil end
  return {id = id, number = number, order = order, record = record, address = 0}
end

local function earliest_first(stubs, state)
  table.sort(stubs, function(a, b) return behind(a.order, state.next) > behind(b.order, state.next) end)
end

-- How much of keys and addresses each article shares, by number, and the numbers.
local function sharers(postings, addresses)
  local weights, numbers = {}, {}
  for position, shared in pairs(postings.shared) do
    local list, weight = postings.lists[position], position > addresses and WHOLE / #shared or SAME
    for at = 1, #shared do
      local number = parts('<I4', list, shared[at] + 4)
      local known = weights[number]
      weights[number] = (known or 0) + weight
      if not known then numbers[#numbers + 1] = number end
    end
  end
  return weights, numbers
end

-- The numbers that are worth a look, at most `limit`, those that share most.
local function worthy(weights, numbers, least, state, limit)
  if #numbers <= FEW then return numbers end
  local chosen, rest = {}, {}
  for _, number in ipairs(numbers) do
    local kind = weights[number] >= least and chosen or rest
    kind[#kind + 1] = number
  end
  local function before(a, b)
    if weights[a] ~= weights[b] then return weights[a] > weights[b] end
    return behind(a, state.next) > behind(b, state.next)
  end
  if #chosen > limit then table.sort(chosen, before) end
  while #chosen < FEW do
    local best = 1
    for at = 2, #rest do
      if before(rest[at], rest[best]) then best = at end
    end
    chosen[#chosen + 1] = table.remove(rest, best)
  end
  return chosen
end

-- Articles that share an address or enough keys, the earliest first, at most `limit`: those of the same address, then
-- those that share most. Second: the article itself.
local function neighbours(postings, state, own, filed_since, addresses, limit)
  if not next(postings.shared) then return {}, nil end
  local weights, numbers = sharers(postings, addresses)
  local least = math.min(LEAST, (postings.count - addresses) * WHOLE / (FIRST + LATEST))
  local near, by_id, itself = {}, {}, nil
  for _, number in ipairs(worthy(weights, numbers, least, state, limit)) do
    local known = #near < limit and stub(number, filed_since)
    if known then
      known.address = weights[number] >= SAME and 1 or 0
      if known.id == own then itself = itself or known
      elseif not by_id[known.id] then
        by_id[known.id] = known
        near[#near + 1] = known
      end
    end
  end
  if #near > 1 then earliest_first(near, state) end
  return near, itself
end

-- The living stubs of articles, found by their own addresses.
local function stubs_of(ids, filed_since)
  if #ids == 0 then return {} end
  local fields, checks, found = {}, {}, {}
  for _, id in ipairs(ids) do
    -- As `index.packed` does it.
    local code = tonumber(sub(redis.sha1hex(id), 1, 13), 16) % 2 ^ 50
    fields[#fields + 1] = pack('<I3', code % 2 ^ PARTITION_BITS)
    checks[#checks + 1] = pack('<I4', 2 ^ 30 + floor(code / 2 ^ PARTITION_BITS))
  end
  local postings = read_postings(table.concat(fields) .. table.concat(checks))
  for position, id in ipairs(ids) do
    for _, place in ipairs(postings.shared[position] or {}) do
      local one = stub(number_at(postings.lists[position], place), filed_since)
      if one and one.id == id then
        found[#found + 1] = one
        break
      end
    end
  end
  return found
end

-- A neighbour that was filed at `seen` or later, by its id: who judged then has not seen it.
local function unseen(postings, state, seen, own, filed_since)
  local filed = (state.next - seen) % NUMBERS
  for position, shared in pairs(postings.shared) do
    for _, place in ipairs(shared) do
      local number = number_at(postings.lists[position], place)
      if seen < 0 or (number - seen) % NUMBERS < filed then
        local one = stub(number, filed_since)
        if one and one.id ~= own then return one.id end
      end
    end
  end
  return nil
end
