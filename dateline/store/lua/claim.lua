-- Lease due feeds, each with a turn at its host: {now, until, limit, looks, token, now_ms, pacing: {delay_ms, at_once,
-- hold_ms}, free: [host]} -> [feed, state or false, host or '', pushed, pushed until or false, …]
-- A feed whose host is busy is due again when the host is free, one step apart from its neighbours there.
local LEAST, MOST = 32, 500
local due, lease = key('feeds', 'due'), key('feeds', 'lease')
local free, busy, out, ids, hosts = {}, {}, {}, {}, {}
for _, host in ipairs(input.free) do free[host] = true end
local put_off, marks = {}, {}

local function host_of(id, feed)
  local host = string.match(feed, '"url":"https?://([^/?#"]*)')
  if not host then return '' end
  host = string.gsub(string.gsub(string.lower(host), ':%d+$', ''), '[%[%]]', '')
  if string.find(host, '[\128-\255]') then host = redis.call('HGET', key('feeds', 'host'), id) or host end
  return (free[host] or free['*']) and '' or host
end

local function has_turn(id, host)
  if host == '' then return true end
  local queue = busy[host]
  if not queue then
    local wait_ms, step_ms = take_turn(host, input.token .. ' ' .. id, input.now_ms, input.pacing)
    if wait_ms == 0 then return true end
    queue = {at = input.now + wait_ms / 1000, step = step_ms / 1000}
    busy[host] = queue
  end
  put_off[#put_off + 1] = queue.at
  put_off[#put_off + 1] = id
  queue.at = queue.at + queue.step
  return false
end

local looks = input.looks
while #ids < input.limit and looks > 0 do
  local wanted = math.min(math.max(input.limit - #ids, LEAST), MOST, looks)
  local found = redis.call('ZRANGEBYSCORE', due, '-inf', input.now, 'LIMIT', 0, wanted)
  if #found == 0 then break end
  local feeds = redis.call('HMGET', key('feeds'), unpack(found))
  put_off, marks = {}, {}
  for position, id in ipairs(found) do
    if #ids == input.limit then break end
    local feed = feeds[position]
    if not feed then
      redis.call('ZREM', due, id)
      redis.call('HDEL', lease, id)
    else
      local host = host_of(id, feed)
      if has_turn(id, host) then
        ids[#ids + 1], hosts[#hosts + 1], out[#out + 1] = id, host, feed
        put_off[#put_off + 1], put_off[#put_off + 2] = input['until'], id
        marks[#marks + 1], marks[#marks + 2] = id, input.token
      end
    end
  end
  if #put_off > 0 then redis.call('ZADD', due, unpack(put_off)) end
  if #marks > 0 then redis.call('HSET', lease, unpack(marks)) end
  looks = looks - #found
  if #found < wanted then break end
end
if #ids == 0 then return {} end

local answer, waiting = {}, {}
for first = 1, #ids, MOST do
  local some = {unpack(ids, first, math.min(first + MOST - 1, #ids))}
  local states = redis.call('HMGET', key('feeds', 'state'), unpack(some))
  local untils = redis.call('HMGET', key('websub', 'until'), unpack(some))
  for position, id in ipairs(some) do waiting[position] = key('push', id) end
  local pushes = redis.call('EXISTS', unpack(waiting, 1, #some)) > 0
  for position, id in ipairs(some) do
    local at = #answer
    answer[at + 1] = out[first + position - 1]
    answer[at + 2] = states[position]
    answer[at + 3] = hosts[first + position - 1]
    answer[at + 4] = pushes and redis.call('EXISTS', key('push', id)) or 0
    answer[at + 5] = untils[position]
  end
end
return answer
