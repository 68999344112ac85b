-- Shared with settle: filing an article in the duplicate index, whose layout index.lua tells.
-- A commit rids one in so many of its fields of what is stale. Where there are few commits, it looks through others too,
-- so many for each second since that was last done: all of them in a week.
local PRUNE_EVERY, SWEEP_EVERY_S, SWEEP_FIELDS_S, SWEEP_MOST = 4, 16, 2, 128
-- The field of the hash that tells where it goes on.
local CURSOR = 'c'
-- A string's lifetime is prolonged at most so often.
local TOUCH_S = 600

-- A list without what is stale: it stands first.
local function pruned(list, state)
  if #list % 8 > 0 then return '' end -- damaged
  local living, last, start = (floor(state.next / UNITS) - state.first) % CHUNKS, #list, 1
  while start < last and (floor(number_at(list, start) / UNITS) - state.first) % CHUNKS > living do start = start + 8 end
  return start > 1 and sub(list, start) or list
end

-- A list without the postings of dead numbers, and with room for one more under the check.
local function thinned(list, check, dead)
  local shared = places(list, check) or {}
  for at = #shared, 1, -1 do
    local place = shared[at]
    local is_extra = #shared >= FIRST + LATEST and at > FIRST and at <= #shared - LATEST + 1
    if is_extra or dead[number_at(list, place)] then list = sub(list, 1, place - 1) .. sub(list, place + 8) end
  end
  return list
end

-- What stood under the article's own address is another version of it: it dies. Returns the dead numbers.
local function bury(postings, article, filed_since)
  local dead = {}
  for _, place in ipairs(postings.shared[1] or {}) do
    local one = stub(number_at(postings.lists[1], place), filed_since)
    if one and one.id == article.id then
      dead[one.number] = true
      article.order = article.order or one.order
      redis.call('SETRANGE', chunks_key .. floor(one.number / UNITS), one.number % UNITS * UNIT + 2, '\0')
    end
  end
  return dead
end

-- Begin a new string; all of it at once, since one that grows is given twice its size.
local function open_chunk(state)
  local chunk = (floor(state.next / UNITS) + 1) % CHUNKS
  if state.fresh then
    redis.call('UNLINK', lists_key)
    state.first = chunk
  end
  local name = chunks_key .. chunk
  redis.call('UNLINK', name)
  redis.call('SETRANGE', name, CHUNK_BYTES - 1, '\0')
  redis.call('SETRANGE', name, 0, pack('<d', state.filed))
  state.next, state.opened, state.touched = chunk * UNITS + 1, state.filed, 0
end

-- Drop the oldest strings: those that are gone already, and those beyond `most` articles.
local function forget(state, most)
  while state.first ~= floor(state.next / UNITS) do
    local name = chunks_key .. state.first
    if redis.call('EXISTS', name) == 1 then
      if state.filed - state.base <= most then return end
      redis.call('UNLINK', name)
    end
    state.first = (state.first + 1) % CHUNKS
    local base = redis.call('GETRANGE', chunks_key .. state.first, 0, 7)
    if #base == 8 then state.base = parts('<d', base) end
  end
end

-- Put the stub of an article {id, at, words, exact, order or nil} down behind the last one; returns its number.
local function put_stub(state, article, sketch, index)
  local length = HEAD_BYTES + #article.id + #sketch
  local units, is_new = math.ceil(length / UNIT), false
  local function put()
    local number = state.next
    local record = pack('<I2BI4I4I4', length, #article.id, article.at, article.order or number, article.words)
                   .. article.exact .. article.id .. sketch
    local start = number % UNITS * UNIT
    return number, redis.call('SETRANGE', chunks_key .. floor(number / UNITS), start, record)
  end
  local is_full = (state.next % UNITS + units) * UNIT > CHUNK_BYTES
                  or state.filed - state.opened >= math.max(1, index.articles / 16)
  if state.fresh or is_full then
    open_chunk(state)
    is_new = true
  end
  local number, bytes = put()
  if bytes ~= CHUNK_BYTES then -- the string had expired
    redis.call('UNLINK', chunks_key .. floor(number / UNITS))
    open_chunk(state)
    is_new, number = true, put()
  end
  state.next, state.filed = number + units, state.filed + 1
  if article.at - state.touched >= TOUCH_S then
    redis.call('EXPIRE', chunks_key .. floor(number / UNITS), index.expire_s + TOUCH_S)
    state.touched = article.at
  end
  if is_new or state.filed - state.base > index.articles then forget(state, index.articles) end
  return number
end

-- Look through some fields for what is stale, and remember where that ended.
local function sweep(state, count)
  local seen = redis.call('HSCAN', lists_key, redis.call('HGET', lists_key, CURSOR) or '0', 'COUNT', count)
  local fields = seen[2]
  for at = 1, #fields, 2 do
    if #fields[at] == 3 then
      local list = pruned(fields[at + 1], state)
      if #list == 0 then redis.call('HDEL', lists_key, fields[at])
      elseif #list < #fields[at + 1] then redis.call('HSET', lists_key, fields[at], list) end
    end
  end
  redis.call('HSET', lists_key, CURSOR, seen[1])
end

-- File an article {id, at, words, exact} under its keys, its own address the first: index {articles, expire_s}.
local function file(postings, state, article, sketch, index, filed_since)
  local dead = bury(postings, article, filed_since)
  local number = put_stub(state, article, sketch, index)
  local fields, checks, lists, shared = postings.fields, postings.checks, postings.lists, postings.shared
  local packed, count, filed = pack('<I4', number), postings.count, {}
  for position = 1 + number % PRUNE_EVERY, count, PRUNE_EVERY do
    lists[position] = lists[position] and pruned(lists[position], state)
  end
  for position = 1, count do
    local list = lists[position]
    if shared[position] and (#shared[position] >= FIRST + LATEST or next(dead)) then
      list = thinned(list, checks[position], dead)
    end
    filed[2 * position - 1] = fields[position]
    filed[2 * position] = list and list .. checks[position] .. packed or checks[position] .. packed
  end
  if article.at - state.swept >= SWEEP_EVERY_S then
    local owed = (article.at - state.swept) * SWEEP_FIELDS_S
    state.swept = article.at
    sweep(state, math.min(owed, SWEEP_MOST))
  end
  filed[2 * count + 1] = STATE
  filed[2 * count + 2] = pack('<I4I4dddI4I4', state.next, state.first, state.filed, state.base, state.opened,
                              state.swept, state.touched)
  redis.call('HSET', lists_key, unpack(filed))
end
