-- Take pages out of the books: {hours: [hour], feeds: [feed], names: [entries and each fate]} -> how many. What stood there
-- is in the totals still. A feed that is in the catalog again meanwhile keeps its page.
must_be(key('books', 'hours'), 'hash')
must_be(key('books', 'feeds'), 'hash')
must_be(key('books', 'rows'), 'hash')

local function take_out(name, page)
  local fields = {}
  for number, one in ipairs(input.names) do fields[number] = page .. ':' .. one end
  redis.call('HDEL', name, unpack(fields))
end

local closed = #input.hours
for _, hour in ipairs(input.hours) do take_out(key('books', 'hours'), hour) end
for _, feed in ipairs(input.feeds) do
  local number = redis.call('HGET', key('books', 'rows'), feed)
  if number and redis.call('HEXISTS', key('feeds'), feed) == 0 then
    take_out(key('books', 'feeds'), number)
    redis.call('HDEL', key('books', 'rows'), feed)
    closed = closed + 1
  end
end
return closed
