-- Let feeds be polled at once: {now, feeds}. One that is leased is left to its poller.
for _, id in ipairs(input.feeds) do wake(id, input.now) end
return 1
