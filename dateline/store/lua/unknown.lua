-- Which entries were never acknowledged: {feed, now, keys: [[guid, article id]]} -> [position from 0, …].
-- An article that another feed brought is noted as listed here too, and is not unknown.
local out, listed = {}, redis.call('HEXISTS', key('feeds'), input.feed) == 1
for position, pair in ipairs(input.keys) do
  if not redis.call('ZSCORE', key('seen', input.feed), pair[1]) then
    local article = key('article', pair[2])
    if redis.call('EXISTS', article) == 1 then
      list_too(article, input.feed)
      -- A feed that has left the catalog meanwhile leaves nothing behind.
      if listed then redis.call('ZADD', key('seen', input.feed), input.now, pair[1]) end
    else
      out[#out + 1] = position - 1
    end
  end
end
return out
