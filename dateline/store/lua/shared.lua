-- Shared by every script: names of keys under one prefix, and the stream's next id.
-- Scripts take (prefix, payload, blob, …): payload is one msgpack map, so arguments have names; binary
-- strings come behind it, because this msgpack does not know them, and blob(1) is the first.
local prefix = ARGV[1]
local input = cmsgpack.unpack(ARGV[2])

local function blob(number)
  return ARGV[2 + number]
end

local function key(...)
  return prefix .. table.concat({...}, ':')
end

-- A wrong type would stop a script midway, with half of its writes done: look first.
local function must_be(name, kind)
  local found = redis.call('TYPE', name)['ok']
  if found ~= 'none' and found ~= kind then
    error({err = 'WRONGTYPE ' .. name .. ' is a ' .. found .. ', not a ' .. kind})
  end
end

-- Make a feed due now. While it is leased its due time is the end of the lease and stays so: the commit that
-- ends the poll sees what came in meanwhile.
local function wake(feed, now)
  if redis.call('HEXISTS', key('feeds', 'lease'), feed) == 0 then
    redis.call('ZADD', key('feeds', 'due'), 'XX', 'LT', now, feed)
  end
end

-- Append one envelope. `rest` is its JSON without the opening brace and without seq: the stream id
-- is known only here. Returns the id and the whole JSON.
local function append(stream, rest)
  local time = redis.call('TIME')
  local ms, n = time[1] * 1000 + math.floor(time[2] / 1000), 0
  if redis.call('EXISTS', stream) == 1 then
    local last = redis.call('XINFO', 'STREAM', stream)[8]
    local last_ms, last_n = string.match(last, '(%d+)-(%d+)')
    last_ms, last_n = tonumber(last_ms), tonumber(last_n)
    if last_ms >= ms then ms, n = last_ms, last_n + 1 end
  end
  local seq = string.format('%.0f-%.0f', ms, n)
  local data = '{"seq":"' .. seq .. '",' .. rest
  redis.call('XADD', stream, seq, 'data', data)
  return seq, data
end

-- The name under which a story goes on that was merged into others, a few times over at most.
local function surviving(story)
  for _ = 1, 8 do
    local into = story ~= '' and redis.call('GET', key('story', story))
    if not into then return story end
    story = string.match(into, '^%S+')
  end
  return story
end

-- Let `story` go on under the name of `into`; which of two that were joined already is of no matter.
local function merge(story, into, now, kept_s)
  local from, to = surviving(story), surviving(into)
  if from == to then return end
  local joined = to .. ' ' .. now
  redis.call('SET', key('story', from), joined, 'EX', kept_s)
  if story ~= from then redis.call('SET', key('story', story), joined, 'EX', kept_s) end
end
