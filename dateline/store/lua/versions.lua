-- Which version of each article is stored: {ids} -> [version, …], 0 for an unknown one.
local out = {}
for position, id in ipairs(input.ids) do
  local found = redis.call('HMGET', key('article', id), 'version', 'accepted_at')
  out[position] = tonumber(found[1]) or (found[2] and 1 or 0)
end
return out
