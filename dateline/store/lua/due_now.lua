-- Let feeds be polled at a time at the latest: {feeds, times}. One that is leased is left to its poller.
for position, id in ipairs(input.feeds) do wake(id, input.times[position]) end
return 1
