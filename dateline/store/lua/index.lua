-- Shared by look_up and settle: the duplicate index.
-- postings, one hash: the low bits of a key are its field, whose value holds 8 bytes for each article filed under any key
-- of that field: the key's other bits (the check), then the article's number; ascending, so what is stale stands first.
-- stubs, strings of 64 KiB: the articles in the order in which they were filed. A number is a place in them: which
-- string, and which 8 bytes of it. A stub: its length, the length of the id (0: dead), when filed, the number of the
-- article's first version, words, then id and sketch. Numbers go round after 2^32; the living are a short part of that.
local UNIT, UNITS, CHUNKS, NUMBERS = 8, 8192, 524288, 4294967296
-- With its header such a string fills what jemalloc gives it.
local CHUNK_BYTES, HEAD_BYTES, MOST_BYTES = 65536 - 64, 15, 640
-- As in `index.packed`.
local PARTITION_BITS = 20
-- A key that many share tells little: the first ones that filed it and the latest stand for all.
local FIRST, LATEST = 4, 12
-- Every so many articles, so many fields are looked through for what is stale.
local SWEEP_EVERY, SWEEP_FIELDS = 8, 64

local function chunk_key(chunk) return key('index', 'stubs', chunk) end

-- How far `number` lies behind `than`.
local function behind(number, than) return (than - number) % NUMBERS end

local function index_state()
  local row = redis.call('HMGET', key('index'), 'next', 'first', 'filed', 'base', 'opened', 'cursor')
  local state = {
    next = tonumber(row[1] or 0), first = tonumber(row[2] or 0), filed = tonumber(row[3] or 0),
    base = tonumber(row[4] or 0), opened = tonumber(row[5] or 0), cursor = row[6] or '0', fresh = not row[1],
  }
  -- Of the string that is written next; zero when it has expired.
  state.bytes = redis.call('STRLEN', chunk_key(math.floor(state.next / UNITS)))
  return state
end

-- Where in the list the check's postings stand, or nil for none.
local function places(list, check)
  local place, found = string.find(list, check, 1, true), nil
  while place do
    if place % 8 == 1 then
      found = found or {}
      found[#found + 1] = place
      place = string.find(list, check, place + 8, true)
    else
      place = string.find(list, check, place + 1, true)
    end
  end
  return found
end

-- The keys of an article, as `index.packed` has them: their fields and checks, the lists of the fields, and where in
-- each list the check's own postings stand.
local function read_postings(packed)
  local fields, checks, shared = {}, {}, {}
  for start = 1, #packed, 7 do
    fields[#fields + 1] = string.sub(packed, start, start + 2)
    checks[#checks + 1] = string.sub(packed, start + 3, start + 6)
  end
  local lists = #fields > 0 and redis.call('HMGET', key('index', 'keys'), unpack(fields)) or {}
  for position, check in ipairs(checks) do
    local list = lists[position]
    shared[position] = list and places(list, check) or nil
  end
  return {fields = fields, checks = checks, lists = lists, shared = shared}
end

local function number_at(list, place) return (struct.unpack('<I4', list, place + 4)) end

-- The living stub under a number, or nil.
local function stub(number, filed_since)
  local name, start = chunk_key(math.floor(number / UNITS)), number % UNITS * UNIT
  local record = redis.call('GETRANGE', name, start, start + MOST_BYTES - 1)
  if #record < HEAD_BYTES then return nil end
  local length, id_bytes, at, order, words = struct.unpack('<I2BI4I4I4', record)
  if id_bytes == 0 or at < filed_since then return nil end
  if length > #record then record = redis.call('GETRANGE', name, start, start + length - 1) end
  local id = string.sub(record, HEAD_BYTES + 1, HEAD_BYTES + id_bytes)
  return {id = id, number = number, order = order, words = words,
          sketch = string.sub(record, HEAD_BYTES + id_bytes + 1, length)}
end

local function earliest_first(stubs, state)
  table.sort(stubs, function(a, b) return behind(a.order, state.next) > behind(b.order, state.next) end)
end

-- Articles that share the exact hash, an address or a key, the earliest first, at most `limit`: those of the same words
-- or address, then those that share most, where a key counts the less the more share it. Second: the article itself.
local function neighbours(postings, state, own, filed_since, exact, addresses, limit)
  local found, order = {}, {}
  for position = 1, #postings.fields do
    local shared = postings.shared[position]
    if shared then
      for _, place in ipairs(shared) do
        local number = number_at(postings.lists[position], place)
        local one = found[number]
        if not one then
          one = {number = number, weight = 0, exact = 0, address = 0}
          found[number] = one
          order[#order + 1] = one
        end
        if position <= exact then one.exact = 1
        elseif position <= exact + addresses then one.address = 1
        else one.weight = one.weight + 1 / #shared end
      end
    end
  end
  if #order == 0 then return order, nil end
  table.sort(order, function(a, b)
    if a.exact ~= b.exact then return a.exact > b.exact end
    if a.address ~= b.address then return a.address > b.address end
    if a.weight ~= b.weight then return a.weight > b.weight end
    return behind(a.number, state.next) > behind(b.number, state.next)
  end)
  local near, by_id, itself = {}, {}, nil
  for _, one in ipairs(order) do
    local known = #near < limit and stub(one.number, filed_since)
    if known then
      known.exact, known.address = one.exact, one.address
      if known.id == own then itself = itself or known
      elseif not by_id[known.id] then
        by_id[known.id] = known
        near[#near + 1] = known
      end
    end
  end
  earliest_first(near, state)
  return near, itself
end

-- The living stubs of articles, found by their own addresses.
local function stubs_of(ids, filed_since)
  local packed, found = {}, {}
  for _, id in ipairs(ids) do
    -- As `index.packed` does it.
    local code = tonumber(string.sub(redis.sha1hex(id), 1, 13), 16) % 2 ^ 50
    packed[#packed + 1] = struct.pack('<I3I4', code % 2 ^ PARTITION_BITS, 2 ^ 30 + math.floor(code / 2 ^ PARTITION_BITS) % 2 ^ 30)
  end
  local postings = read_postings(table.concat(packed))
  for position, id in ipairs(ids) do
    for _, place in ipairs(postings.shared[position] or {}) do
      local one = stub(number_at(postings.lists[position], place), filed_since)
      if one and one.id == id then
        one.exact, one.address = 0, 0
        found[#found + 1] = one
        break
      end
    end
  end
  return found
end

-- The first neighbour that was filed at `seen` or later, by its id: who judged then has not seen it.
local function unseen(postings, seen, own, filed_since)
  for position, list in ipairs(postings.lists) do
    for _, place in ipairs(postings.shared[position] or {}) do
      local number = number_at(list, place)
      if seen < 0 or (number - seen) % NUMBERS < NUMBERS / 2 then
        local one = stub(number, filed_since)
        if one and one.id ~= own then return one.id end
      end
    end
  end
  return nil
end

-- A list without what is stale.
local function pruned(list, state)
  local living, last = math.floor(state.next / UNITS) - state.first, #list
  local start = 1
  while start < last and (math.floor(number_at(list, start) / UNITS) - state.first) % CHUNKS > living % CHUNKS do
    start = start + 8
  end
  return start > 1 and string.sub(list, start) or list
end

-- Put a stub down behind the last one; returns its number. Strings that are too many are dropped, the oldest first.
local function put_stub(state, article, sketch, index)
  local length = HEAD_BYTES + #article.id + #sketch
  local units = math.ceil(length / UNIT)
  local chunk, unit = math.floor(state.next / UNITS), state.next % UNITS
  local name = chunk_key(chunk)
  local is_full = (unit + units) * UNIT > CHUNK_BYTES or state.filed - state.opened >= math.max(1, index.articles / 16)
  if state.fresh or is_full or state.bytes == 0 then
    if state.fresh then redis.call('UNLINK', key('index', 'keys')) else chunk = (chunk + 1) % CHUNKS end
    name, unit = chunk_key(chunk), 1
    redis.call('UNLINK', name)
    redis.call('SETRANGE', name, CHUNK_BYTES - 1, '\0') -- all of it at once: a string that grows is given twice its size
    redis.call('SETRANGE', name, 0, struct.pack('<d', state.filed))
    state.opened, state.opens = state.filed, true
  end
  local number = chunk * UNITS + unit
  redis.call('SETRANGE', name, unit * UNIT, struct.pack('<I2BI4I4I4', length, #article.id, article.at,
             article.order or number, article.words) .. article.id .. sketch)
  redis.call('EXPIRE', name, index.expire_s)
  state.next, state.filed = number + units, state.filed + 1
  while state.first ~= chunk and (state.opens or state.filed - state.base > index.articles) do
    local lives = redis.call('EXISTS', chunk_key(state.first)) == 1
    if lives and state.filed - state.base <= index.articles then break end
    redis.call('UNLINK', chunk_key(state.first))
    state.first = (state.first + 1) % CHUNKS
    local base = redis.call('GETRANGE', chunk_key(state.first), 0, 7)
    if #base == 8 then state.base = struct.unpack('<d', base) end
  end
  return number
end

-- What stood under the article's own address is another version of it: it dies. Returns the dead numbers.
local function bury(postings, article, position, filed_since)
  local dead = {}
  for _, place in ipairs(postings.shared[position] or {}) do
    local one = stub(number_at(postings.lists[position], place), filed_since)
    if one and one.id == article.id then
      dead[one.number] = true
      article.order = article.order or one.order
      redis.call('SETRANGE', chunk_key(math.floor(one.number / UNITS)), one.number % UNITS * UNIT + 2, '\0')
    end
  end
  return dead
end

local function sweep(state)
  local seen = redis.call('HSCAN', key('index', 'keys'), state.cursor, 'COUNT', SWEEP_FIELDS)
  state.cursor = seen[1]
  for at = 1, #seen[2], 2 do
    local list = pruned(seen[2][at + 1], state)
    if #list == 0 then redis.call('HDEL', key('index', 'keys'), seen[2][at])
    elseif #list < #seen[2][at + 1] then redis.call('HSET', key('index', 'keys'), seen[2][at], list) end
  end
end

-- File an article {id, at, words} under its keys: index {exact: 0 or 1, articles, expire_s}.
local function file(postings, state, article, sketch, index, filed_since)
  local dead = bury(postings, article, index.exact + 1, filed_since)
  local number = put_stub(state, article, sketch, index)
  local packed, lists, filed = struct.pack('<I4', number), {}, {}
  for position, field in ipairs(postings.fields) do
    local check = postings.checks[position]
    local list = lists[field] or pruned(postings.lists[position] or '', state)
    local shared = postings.shared[position] and places(list, check)
    if shared then
      for at = #shared, 1, -1 do
        local place = shared[at]
        local is_extra = #shared >= FIRST + LATEST and at > FIRST and at <= #shared - LATEST + 1
        if is_extra or dead[number_at(list, place)] then
          list = string.sub(list, 1, place - 1) .. string.sub(list, place + 8)
        end
      end
    end
    lists[field] = list .. check .. packed
  end
  for field, list in pairs(lists) do
    filed[#filed + 1] = field
    filed[#filed + 1] = list
  end
  redis.call('HSET', key('index', 'keys'), unpack(filed))
  if state.filed % SWEEP_EVERY == 0 then sweep(state) end
  redis.call('HSET', key('index'), 'next', state.next, 'first', state.first, 'filed', state.filed,
             'base', state.base, 'opened', state.opened, 'cursor', state.cursor)
end
