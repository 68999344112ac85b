"""The promises of services.poller.origin_rules: what is remembered of origins, and how much."""

import asyncio

from services.poller.origin_rules import SLOT_BYTES, Memory, OriginRules, encode, read_robots

AGENT = "Dateline/test"


def rules(number: int, rows: int = 3) -> OriginRules:
    return OriginRules(rows=tuple((f"/{number}/{row}", False) for row in range(rows)))


def test_rules_are_remembered_until_their_time_is_over() -> None:
    """Nothing is believed longer than was said."""
    memory = Memory()
    memory.put("a", rules(1), 10.0)
    assert memory.get("a", 10.0) == rules(1)
    assert memory.get("a", 10.1) is None
    assert memory.get("b", 0.0) is None


def test_memory_is_bounded_by_bytes() -> None:
    """However long the rules of hosts are, the room is fixed; what was used last stays."""
    room = 20 * (len(encode(rules(10))) + SLOT_BYTES + 2)
    memory = Memory(max_bytes=room)
    for number in range(10, 60):
        memory.put(str(number), rules(number), 10.0)
        memory.get("10", 0.0)
    held = [number for number in range(10, 60) if memory.get(str(number), 0.0)]
    assert len(held) == 20
    assert held[0] == 10
    assert held[-1] == 59
    memory.put("long", rules(1, rows=5000), 10.0)
    assert memory.get("long", 0.0) is None


def test_a_second_reading_takes_the_place_of_the_first() -> None:
    """What is put again under one address counts once."""
    memory = Memory(max_bytes=3 * (len(encode(rules(1))) + SLOT_BYTES))
    memory.put("a", rules(1), 10.0)
    for _ in range(10):
        memory.put("b", rules(2), 10.0)
    assert memory.get("a", 0.0) is not None


def test_one_asks_while_the_others_wait() -> None:
    """For each address one block runs at a time; other addresses are not held up, and nothing is left behind."""

    async def run() -> None:
        memory, running, most = Memory(), dict[str, int](), dict[str, int]()

        async def ask(address: str) -> None:
            async with memory.asking(address):
                running[address] = running.get(address, 0) + 1
                most[address] = max(most.get(address, 0), running[address])
                await asyncio.sleep(0.001)
                running[address] -= 1

        await asyncio.gather(*(ask(address) for address in "aabbccaa"))
        assert most == {"a": 1, "b": 1, "c": 1}
        task = asyncio.create_task(ask("d"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert memory._asking == {}

    asyncio.run(run())


def test_a_long_robots_txt_becomes_small() -> None:
    """Twenty groups for AI crawlers and a comment of 5 KB take a few hundred bytes."""
    text = "# " + "words " * 900 + "\n" + "".join(f"User-agent: x{n}\nDisallow: /\n\n" for n in range(20))
    text += "User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow: /search\nDisallow: /*?print="
    assert len(encode(read_robots(text.encode(), AGENT))) < 200
