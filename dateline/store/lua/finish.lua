-- The last commit of many polls: {now, now_ms, soon, forget, feeds, tokens, next, states, names, entries_at (0: none),
-- listed: [[position, guids]], items: [[position, blob number]], turns: [[host, token]], moves: [{position, address, owner of
-- it or '', row, host or ''; or instead of the last two other, its row before and after}]} -> [positions whose lease is
-- lost, positions whose move must be judged anew]; nothing is written for these. Positions are from 0.
-- Validators are part of a state, so they move on only after every entry is stored.
local lost, stale, live, marks, states, dues, silences = {}, {}, {}, {}, {}, {}, {}
for _, turn in ipairs(input.turns) do give_turn(turn[1], turn[2], input.now_ms) end
local held = redis.call('HMGET', key('feeds', 'lease'), unpack(input.feeds))
local stood = redis.call('HMGET', key('feeds', 'health'), unpack(input.feeds))
local moves, pushes = {}, {}
for _, move in ipairs(input.moves) do moves[move.position] = move end
for position, id in ipairs(input.feeds) do pushes[position] = key('push', id) end
local pushed = redis.call('EXISTS', unpack(pushes)) > 0

local function is_stale(move)
  if (redis.call('HGET', key('feeds', 'address'), move.address) or '') ~= move.owner then return true end
  return move.other and redis.call('HGET', key('feeds'), move.other) ~= move.before
end

local function carry_out(id, move)
  if move.other then
    redis.call('HSET', key('feeds'), move.other, move.after)
    redis.call('ZREM', key('feeds', 'due'), id)
  else
    redis.call('HSET', key('feeds'), id, move.row)
    redis.call('HSET', key('feeds', 'address'), move.address, id)
    if move.host ~= '' then redis.call('HSET', key('feeds', 'host'), id, move.host) end
  end
end

for position, id in ipairs(input.feeds) do
  local move = moves[position - 1]
  if held[position] ~= input.tokens[position] then
    lost[#lost + 1] = position - 1
  elseif move and is_stale(move) then
    stale[#stale + 1] = position - 1
  else
    live[position - 1] = id
    marks[#marks + 1] = id
    states[#states + 1], states[#states + 2] = id, input.states[position]
    if move then carry_out(id, move) end
    if not (move and move.other) then
      local next = input.next[position]
      if pushed and next > input.soon and redis.call('EXISTS', pushes[position]) == 1 then next = input.soon end
      dues[#dues + 1], dues[#dues + 2] = next, id
    end
    local name = input.names[position]
    stand(id, stood[position], name, input.now)
    if name == 'retired' or input.entries_at[position] == 0 then
      redis.call('ZREM', key('feeds', 'silence'), id)
    else
      silences[#silences + 1], silences[#silences + 2] = input.entries_at[position], id
    end
  end
end
if #marks > 0 then
  redis.call('HSET', key('feeds', 'state'), unpack(states))
  if #dues > 0 then redis.call('ZADD', key('feeds', 'due'), unpack(dues)) end
  redis.call('HDEL', key('feeds', 'lease'), unpack(marks))
  if #silences > 0 then redis.call('ZADD', key('feeds', 'silence'), unpack(silences)) end
end
for _, row in ipairs(input.listed) do
  local id, seen = live[row[1]], {}
  if id then
    for _, guid in ipairs(row[2]) do seen[#seen + 1], seen[#seen + 2] = input.now, guid end
    for first = 1, #seen, 1000 do
      redis.call('ZADD', key('seen', id), 'XX', unpack(seen, first, math.min(first + 999, #seen)))
    end
    redis.call('ZREMRANGEBYSCORE', key('seen', id), '-inf', input.forget)
  end
end
for _, row in ipairs(input.items) do
  local id = live[row[1]]
  if id then redis.call('HSET', key('feeds', 'items'), id, blob(row[2])) end
end
return {lost, stale}
