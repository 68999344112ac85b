-- Tell what was held back where a watch has cooled down, the gravest of it first and the rest by id: {now, at} ->
-- ['high sent', …]. Any number of keepers may run it.
local counted = {}
local states = redis.call('HGETALL', key('alerts', 'cooling'))
for number = 1, #states, 2 do
  local watch = states[number]
  local state = cooling(watch)
  local best, record
  while #state.h > 0 and not record do
    best = 1
    for place, one in ipairs(state.h) do
      if one[2] >= state.h[best][2] then best = place end
    end
    record = redis.call('HGET', key('incident', state.h[best][1]), 'r')
    -- Forgotten meanwhile, beyond the retention.
    if not record then table.remove(state.h, best) end
  end
  if record and input.now >= muted_until(state, state.h[best][2]) then
    local entry = table.remove(state.h, best)
    send(state, input.now, input.at, watch, entry[2], entry[3], record)
    counted[#counted + 1] = SEVERITIES[entry[2]] .. ' sent'
    keep(watch, state)
  elseif #state.h == 0 and state.n == 0 and input.now >= muted_until(state, 1) then
    redis.call('HDEL', key('alerts', 'cooling'), watch)
  end
end
publish_alerts()
return counted
