-- Turns at hosts, behind shared.lua. Key turns:<host> is a ZSET: token -> busy until (ms), "~token" -> its slot
-- cools down until (ms), "" -> the host rests until (ms), "=" -> delay (ms) between an end and the next begin.
local SHORTEST_MS, LONGEST_MS = 50, 250
local ruled = nil

-- The host's own rule before the one for all: delay in ms, requests at once.
local function pace_of(host, pacing)
  if ruled == nil then ruled = redis.call('EXISTS', key('hosts')) == 1 end
  local text = ruled and redis.call('HGET', key('hosts'), host)
  if not text then return pacing.delay_ms, pacing.at_once end
  local rule = cjson.decode(text)
  return type(rule.delay_s) == 'number' and rule.delay_s * 1000 or pacing.delay_ms,
         type(rule.at_once) == 'number' and rule.at_once or pacing.at_once
end

-- Take a turn until now + hold: -> 0, or the ms after which it is worth to ask again; and the step in ms
-- between two turns. Taking a turn that the token holds already keeps it.
local function take_turn(host, token, now_ms, pacing)
  local name = key('turns', host)
  local delay_ms, at_once = pace_of(host, pacing)
  local rows = redis.call('ZRANGE', name, 0, -1, 'WITHSCORES')
  local busy, kept, ours, free_ms, rest_ms = 0, 0, false, nil, now_ms
  for row = 1, #rows, 2 do
    local member, at_ms = rows[row], tonumber(rows[row + 1])
    if member == '=' then kept = kept + 1
    elseif at_ms <= now_ms then redis.call('ZREM', name, member)
    else
      kept = kept + 1
      if member == '' then rest_ms = at_ms
      elseif member == token then ours = true
      else
        busy = busy + 1
        -- When a request ends nobody knows; that its holder is gone is seen at its end.
        if string.sub(member, 1, 1) ~= '~' then at_ms = math.min(at_ms, now_ms + math.max(delay_ms, LONGEST_MS)) end
        if not free_ms or at_ms < free_ms then free_ms = at_ms end
      end
    end
  end
  if not ours and (busy >= at_once or rest_ms > now_ms) then
    if busy >= at_once then rest_ms = math.max(rest_ms, free_ms) end
    return rest_ms - now_ms, math.max(delay_ms / at_once, SHORTEST_MS)
  end
  redis.call('ZADD', name, now_ms + pacing.hold_ms, token, delay_ms, '=')
  local life_ms = string.format('%.0f', pacing.hold_ms + delay_ms + 1000)
  if kept == 0 then redis.call('PEXPIRE', name, life_ms) else redis.call('PEXPIRE', name, life_ms, 'GT') end
  return 0, 0
end

-- Give a turn back: its slot cools down. A turn that ran out is nobody's to give.
local function give_turn(host, token, now_ms)
  local name = key('turns', host)
  if redis.call('ZREM', name, token) == 0 then return end
  local delay_ms = tonumber(redis.call('ZSCORE', name, '=') or 0)
  if delay_ms > 0 then redis.call('ZADD', name, now_ms + delay_ms, '~' .. token) end
end
