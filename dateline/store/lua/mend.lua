-- Add the rows that feeds of an older catalog lack: {rows: [[feed, addresses, host or '', name or '', entry at or 0]]}
local now = redis.call('TIME')[1]
for _, row in ipairs(input.rows) do
  local id = row[1]
  for _, address in ipairs(row[2]) do redis.call('HSETNX', key('feeds', 'address'), address, id) end
  if row[3] ~= '' then redis.call('HSETNX', key('feeds', 'host'), id, row[3]) end
  if row[4] ~= '' and redis.call('HEXISTS', key('feeds', 'health'), id) == 0 then stand(id, false, row[4], now) end
  if row[5] > 0 and row[4] ~= 'retired' then redis.call('ZADD', key('feeds', 'silence'), 'NX', row[5], id) end
end
return 1
