-- What is in flight, counted in the outbox: {most: how many articles are looked at} -> [how many, [book, how many of it, …] or
-- false when there are more than most]. `book` is that of `books.lua`, or empty. Canaries are no articles.
local in_flight = redis.call('ZCARD', key('outbox')) - redis.call('ZCARD', key('canary', 'way'))
if in_flight > input.most then return {in_flight, false} end
local canaries, counts, out = {}, {}, {}
for _, id in ipairs(redis.call('ZRANGE', key('canary', 'way'), 0, -1)) do canaries[id] = true end
for _, id in ipairs(redis.call('ZRANGE', key('outbox'), 0, -1)) do
  if not canaries[id] then
    local book = redis.call('HGET', key('article', id), 'book') or ''
    counts[book] = (counts[book] or 0) + 1
  end
end
for book, count in pairs(counts) do out[#out + 1], out[#out + 2] = book, count end
return {in_flight, out}
