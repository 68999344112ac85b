-- Keep a lease: {feed, token, until} -> 1, or 0 when it is another's.
if redis.call('HGET', key('feeds', 'lease'), input.feed) ~= input.token then return 0 end
redis.call('ZADD', key('feeds', 'due'), input['until'], input.feed)
return 1
