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

-- Articles of the index that share the exact hash, an address or a band: id -> {hits, exact, address}.
local function neighbours(index, exact, addresses, bands, own)
  -- An article without words has no exact twin.
  local fields = {exact ~= '' and 'x' .. exact or '-'}
  for _, address in ipairs(addresses) do fields[#fields + 1] = 'u' .. address end
  local first_band = #fields + 1
  for _, band in ipairs(bands) do fields[#fields + 1] = 'b' .. band end
  local found, order = {}, {}
  for _, bucket in ipairs(index) do
    local values = redis.call('HMGET', key('dedup', bucket), unpack(fields))
    for position, value in ipairs(values) do
      if value then
        for id in string.gmatch(value, '[^ ]+') do
          if id ~= own then
            local one = found[id]
            if not one then
              one = {id = id, bucket = bucket, hits = 0, exact = false, address = false}
              found[id] = one
              order[#order + 1] = one
              one.position = #order
            end
            if position == 1 then one.exact = true
            elseif position < first_band then one.address = true
            else one.hits = one.hits + 1 end
          end
        end
      end
    end
  end
  return order, found
end
