-- What the keeper's gauges need, in one reading: {groups: looked at a stream, streams: [name without the prefix]} ->
-- [seconds, microseconds, memory used, maxmemory, when the oldest without a fate was accepted or false, fates, in flight,
-- [[entries, ms of the newest, [group, entries it is behind, ms of the oldest it has not acknowledged or 0, …]], …]]
-- Of a group that Redis cannot tell how far it is behind, so many entries are counted at most.
local COUNTED = 1000
-- As in `outbox.OLDEST`: canaries may stand before the oldest article.
local LOOKED_AT = 64
local time = redis.call('TIME')
local info = redis.call('INFO', 'memory')

local function told(name) return tonumber(string.match(info, '\n' .. name .. ':(%d+)') or 0) end

local function ms_of(seq) return tonumber(string.match(seq, '^%d+')) end

local function named(row)
  local out = {}
  for at = 1, #row, 2 do out[row[at]] = row[at + 1] end
  return out
end

local function behind(stream, group, newest)
  local lag = group['lag']
  if lag then return lag end
  if group['last-delivered-id'] == newest then return 0 end
  return #redis.call('XRANGE', stream, '(' .. group['last-delivered-id'], '+', 'COUNT', COUNTED)
end

local function reading(stream)
  if redis.call('TYPE', stream)['ok'] ~= 'stream' then return {0, 0, {}} end
  local about, groups = named(redis.call('XINFO', 'STREAM', stream)), {}
  for number, row in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
    if number > input.groups then break end
    local group, oldest = named(row), 0
    if group['pending'] > 0 then oldest = ms_of(redis.call('XPENDING', stream, group['name'])[2] or '0') end
    groups[#groups + 1] = group['name']
    groups[#groups + 1] = behind(stream, group, about['last-generated-id'])
    groups[#groups + 1] = oldest
  end
  return {about['length'], ms_of(about['last-generated-id']), groups}
end

local streams = {}
for number, stream in ipairs(input.streams) do streams[number] = reading(prefix .. stream) end
local first, oldest = redis.call('ZRANGE', key('outbox'), 0, LOOKED_AT - 1, 'WITHSCORES'), false
for at = #first - 1, 1, -2 do
  if not is_canary(first[at]) then oldest = first[at + 1] end
end
return {time[1], time[2], told('used_memory'), told('maxmemory'), oldest, redis.call('HGETALL', key('fates')),
        redis.call('ZCARD', key('outbox')) - redis.call('ZCARD', key('canary', 'way')), streams}
