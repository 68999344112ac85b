-- Alerts of watches: sent, held back while a watch cools down, withdrawn. `dateline.incidents.cooling` has the same rule
-- as pure code, and a test compares the two.
-- alerts:cooling, watch -> JSON {s: [when an alert of low, medium, high, critical was last sent, or 0],
-- c: seconds of its cool-down as the list now has it, h: held back and not told yet, the oldest first: [[id, rank, event, rank that it was told under, or 0]],
-- n: how many more than h lists}. incident:ID, w -> JSON {watch: rank under which it was told or is held}.
local SEVERITIES = {'low', 'medium', 'high', 'critical'}
local HELD = 100

must_be(key('alerts', 'stream'), 'stream')
must_be(key('alerts', 'cooling'), 'hash')

local function unpacked(text)
  local good, value = pcall(cjson.decode, text or '')
  return good and type(value) == 'table' and value or nil
end

local function cooling(watch)
  local state = unpacked(redis.call('HGET', key('alerts', 'cooling'), watch))
  if state and state.s and state.h then return state end
  return {s = {0, 0, 0, 0}, c = 0, h = {}, n = 0}
end

local function keep(watch, state)
  redis.call('HSET', key('alerts', 'cooling'), watch, cjson.encode(state))
end

-- Without a cool-down nothing is muted: of two workers the later to commit may have the earlier clock.
local function muted_until(state, rank)
  local till = 0
  if state.c == 0 then return till end
  for at = rank, 4 do
    if state.s[at] > 0 then till = math.max(till, state.s[at] + state.c) end
  end
  return till
end

local function place_of(state, id)
  for number, one in ipairs(state.h) do
    if one[1] == id then return number end
  end
end

local function take(state, id)
  local number = place_of(state, id)
  return number and table.remove(state.h, number)
end

-- Of those held back the least grave gives way, of equals the oldest; it is counted still.
local function hold(state, entry)
  state.h[#state.h + 1] = entry
  if #state.h <= HELD then return end
  local least = 1
  for number, one in ipairs(state.h) do
    if one[2] < state.h[least][2] then least = number end
  end
  table.remove(state.h, least)
  state.n = state.n + 1
end

local published_alerts = {}

local function alert(at, watch, rank, event, record, held_back, ids)
  local _, data = append(key('alerts', 'stream'), '"at":' .. at .. ',"watch":' .. cjson.encode(watch) ..
    ',"severity":"' .. SEVERITIES[rank] .. '","event":"' .. event .. '","incident":' .. record ..
    ',"held_back":' .. held_back .. ',"held_back_ids":[' .. table.concat(ids, ',') .. ']}')
  published_alerts[#published_alerts + 1] = data
end

-- Send an alert, with all that was held back; the entry that is sent itself is taken out before.
local function send(state, now, at, watch, rank, event, record)
  local ids = {}
  for _, one in ipairs(state.h) do ids[#ids + 1] = cjson.encode(one[1]) end
  alert(at, watch, rank, event, record, #ids + state.n, ids)
  state.s[rank], state.h, state.n = now, {}, 0
end

-- An incident that is closed is withdrawn from whoever was told of it, at once; what was not told yet never will be.
local function withdraw(change, told, at, counted)
  local watches = {}
  for watch in pairs(told) do watches[#watches + 1] = watch end
  table.sort(watches)
  for _, watch in ipairs(watches) do
    local state = cooling(watch)
    local entry = take(state, change.id)
    if entry then keep(watch, state) end
    local rank = entry and entry[4] or told[watch]
    if rank > 0 then
      alert(at, watch, rank, 'retracted', change.record, 0, {})
      counted[#counted + 1] = SEVERITIES[rank] .. ' withdrawn'
    end
  end
  redis.call('HDEL', key('incident', change.id), 'w')
end

-- What was held back of an incident is not to be told; if it was told before, it stands as it was told.
local function drop(state, watch, id, told)
  local entry = take(state, id)
  if not entry then return end
  told[watch] = entry[4] > 0 and entry[4] or nil
  keep(watch, state)
end

local function raise(change, one, told, now, at, counted)
  local watch, rank = one[1], one[2]
  local state = cooling(watch)
  local number = place_of(state, change.id)
  local entry = number and state.h[number]
  if not entry and (told[watch] or 0) >= rank then return end
  if entry and entry[4] >= rank then return drop(state, watch, change.id, told) end
  state.c = one[3]
  if entry then entry[2] = rank end
  if now < muted_until(state, rank) then
    if not entry then
      hold(state, {change.id, rank, change.event, told[watch] or 0})
      counted[#counted + 1] = SEVERITIES[rank] .. ' held'
    end
  else
    take(state, change.id)
    send(state, now, at, watch, rank, entry and entry[3] or change.event, change.record)
    counted[#counted + 1] = SEVERITIES[rank] .. ' sent'
  end
  told[watch] = rank
  keep(watch, state)
end

-- Tell of one change what its alarms ask for: [[watch, rank, seconds of cool-down]]. Appends to `counted`.
local function tell_watches(change, now, at, counted)
  local told = unpacked(redis.call('HGET', key('incident', change.id), 'w')) or {}
  if not next(told) and #change.alarms == 0 then return end
  if change.closed then return withdraw(change, told, at, counted) end
  local meets = {}
  for _, one in ipairs(change.alarms) do
    meets[one[1]] = true
    raise(change, one, told, now, at, counted)
  end
  local watches = {}
  for watch in pairs(told) do
    if not meets[watch] then watches[#watches + 1] = watch end
  end
  -- What no longer meets a watch is not told later; if it was told, it was.
  for _, watch in ipairs(watches) do drop(cooling(watch), watch, change.id, told) end
  if next(told) then
    redis.call('HSET', key('incident', change.id), 'w', cjson.encode(told))
  else
    redis.call('HDEL', key('incident', change.id), 'w')
  end
end

local function publish_alerts()
  for _, data in ipairs(published_alerts) do redis.call('PUBLISH', key('alerts'), data) end
end
