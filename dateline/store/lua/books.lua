-- Shared with accept, settle, quarantine and release: what ended how, counted in the commit in which it ended.
-- fates: fate -> articles in all, entries -> acknowledged. books:hours and books:feeds: the same, "PAGE:fate"; a page of the
-- first is an hour since 1970, of the second a number that books:rows gives a feed. An article's field `book` holds "HOUR NUMBER":
-- when it was first accepted, and who brought it. A page stands from its first entries to the day it is taken out; what belongs to
-- none (older articles, feeds beyond FEED_PAGES) is in the totals only.
local FEED_PAGES = 20000

must_be(key('fates'), 'hash')
must_be(key('books', 'hours'), 'hash')
must_be(key('books', 'feeds'), 'hash')

-- A field that begins now has no page, or is the first of its kind on it.
local function turn_to(name, page, fate, by)
  local field = page .. ':' .. fate
  if redis.call('HINCRBY', name, field, by) == by and redis.call('HEXISTS', name, page .. ':entries') == 0 then
    redis.call('HDEL', name, field)
  end
end

-- Count that an article ended so, or with -1 that it did not.
local function count_fate(book, fate, by)
  redis.call('HINCRBY', key('fates'), fate, by)
  local hour, number = string.match(book or '', '^(%d+) (%d+)$')
  if not hour then return end
  turn_to(key('books', 'hours'), hour, fate, by)
  if number ~= '0' then turn_to(key('books', 'feeds'), number, fate, by) end
end

-- Where entries stand that a feed brings now.
local function book_of(feed, now)
  local rows = key('books', 'rows')
  local number = redis.call('HGET', rows, feed)
  if not number then
    number = 0
    -- The field without a name holds the last number: a feed that comes back begins a new page.
    if redis.call('HLEN', rows) <= FEED_PAGES then
      number = redis.call('HINCRBY', rows, '', 1)
      redis.call('HSET', rows, feed, number)
    end
  end
  return string.format('%d %s', math.floor(now / 3600), number)
end

-- Count entries that were acknowledged; they stand there together.
local function count_entries(book, entries)
  redis.call('HINCRBY', key('fates'), 'entries', entries)
  local hour, number = string.match(book, '^(%d+) (%d+)$')
  redis.call('HINCRBY', key('books', 'hours'), hour .. ':entries', entries)
  if number ~= '0' then redis.call('HINCRBY', key('books', 'feeds'), number .. ':entries', entries) end
end
