-- The books as they stand, in one reading: {pages: 'hours' or 'feeds', most: how many without a fate are looked at} ->
-- [fates, pages, names of the pages, in flight, [page, in flight of it, …] or false when there are more than most].
-- In flight is counted in the outbox, not in the books: it is what they are checked against. Canaries are in no book.
local flying, canaries = {}, {}
local in_flight = redis.call('ZCARD', key('outbox')) - redis.call('ZCARD', key('canary', 'way'))
if in_flight > input.most then
  flying = false
else
  for _, id in ipairs(redis.call('ZRANGE', key('canary', 'way'), 0, -1)) do canaries[id] = true end
  local counts = {}
  for _, id in ipairs(redis.call('ZRANGE', key('outbox'), 0, -1)) do
    if not canaries[id] then
      local hour, number = string.match(redis.call('HGET', key('article', id), 'book') or '', '^(%d+) (%d+)$')
      local page = (input.pages == 'hours' and hour or number) or '0'
      counts[page] = (counts[page] or 0) + 1
    end
  end
  for page, count in pairs(counts) do flying[#flying + 1], flying[#flying + 2] = page, count end
end
local names = input.pages == 'feeds' and redis.call('HGETALL', key('books', 'rows')) or {}
return {redis.call('HGETALL', key('fates')), redis.call('HGETALL', key('books', input.pages)), names, in_flight, flying}
