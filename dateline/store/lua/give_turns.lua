-- Give turns back: {now_ms, turns: [[host, token]]}
for _, turn in ipairs(input.turns) do give_turn(turn[1], turn[2], input.now_ms) end
return 1
