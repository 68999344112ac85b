-- Keep leases and turns: {feeds, tokens, turns: [[host, token]], until, until_ms, life_ms} -> positions of lost leases.
local lost, kept = {}, {}
if #input.feeds > 0 then
  local held = redis.call('HMGET', key('feeds', 'lease'), unpack(input.feeds))
  for position, id in ipairs(input.feeds) do
    if held[position] ~= input.tokens[position] then
      lost[#lost + 1] = position - 1
    else
      kept[#kept + 1], kept[#kept + 2] = input['until'], id
    end
  end
  if #kept > 0 then redis.call('ZADD', key('feeds', 'due'), unpack(kept)) end
end
for _, turn in ipairs(input.turns) do
  local name = key('turns', turn[1])
  redis.call('ZADD', name, 'XX', input.until_ms, turn[2])
  redis.call('PEXPIRE', name, input.life_ms, 'GT')
end
return lost
