-- Note that a feed lists an article too, behind shared.lua.
local function list_too(article, feed)
  local feeds = redis.call('HGET', article, 'feeds') or ''
  if not string.find(' ' .. feeds .. ' ', ' ' .. feed .. ' ', 1, true) then
    redis.call('HSET', article, 'feeds', feeds .. ' ' .. feed)
  end
end
