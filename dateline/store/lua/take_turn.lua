-- Take a turn at a host: {host, token, now_ms, pacing: {delay_ms, at_once, hold_ms}} -> ms to wait, 0: it is ours.
local wait_ms = take_turn(input.host, input.token, input.now_ms, input.pacing)
return math.ceil(wait_ms)
