"""The promises of services.poller.guard: faults.md, section 3."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import AddressRefused, Misconfigured, Reason
from services.poller.guard import Target, allow_list, vet, vet_url

REFUSED_V4 = """
0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255
168.63.129.16 169.254.0.1 169.254.169.254 169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.192
192.0.0.255 192.0.2.1 192.31.196.1 192.52.193.255 192.88.99.1 192.168.0.0 192.168.255.255 192.175.48.1
198.18.0.0 198.19.255.255 198.51.100.7 203.0.113.255 224.0.0.1 239.255.255.255 240.0.0.0 255.255.255.255
"""
REFUSED_V6 = """
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.1.2.3 ::ffff:169.254.169.254 ::ffff:0:8.8.8.8
64:ff9b::8.8.8.8 64:ff9b::a00:1 64:ff9b:1::1 100::1 1fff:ffff::1 2001::1 2001:0:53aa:64c:: 2001:10::1 2001:20::1
2001:1ff:ffff::1 2001:db8::1 2001:db8:ffff::1 2002:7f00:1::1 2002:808:808::1 2002:ffff:ffff::1 3fff::1
3fff:fff:ffff::1 2620:4f:8000::1 4000::1 5f00::1 fc00::1 fdff::1 fe80::1 fe80::1%eth0 2606:4700::1%eth0 fec0::1
ff02::1 ff0e::1 ffff::1
"""
LET_THROUGH = """
1.0.0.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 168.63.129.15
168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0
192.31.195.255 192.31.197.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0
203.0.112.255 203.0.114.0 223.255.255.255 2000::1 2001:200::1 2001:db7:ffff::1 2001:db9::1 2003::1 2606:4700::1111
2620:4f:7fff::1 2620:4f:8001::1 2a00:1450::1 3ffe:ffff::1 3fff:1000::1 ::ffff:8.8.8.8
"""
ODD_HOSTS = """
2130706433 0x7f.1 127.1 0 0x7f000001 017700000001 0177.0.0.1 127.0.0.01 127.0.0.1. 0x0 0x 1.2.3.4.5 8.8.8.8.
8.8.8.256 0x08080808 134744072 １２７.0.0.1 127。0。0。1 127．0．0．1 127｡0｡0｡1 ⑫⑦.0.0.1 ｌｏｃａｌｈｏｓｔ localhost
localhost. LOCALHOST api.localhost printer.local metadata.google.internal router.home.arpa x.onion redis intranet
[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [64:ff9b::1] [fe80::1] [2002:7f00:1::1] [::127.0.0.1]
"""


@pytest.mark.parametrize("address", [*REFUSED_V4.split(), *REFUSED_V6.split()])
def test_the_table_is_refused(address: str) -> None:
    """Each network of the table is refused, first and last address included."""
    with pytest.raises(AddressRefused) as caught:
        vet(address)
    assert caught.value.reason is Reason.ADDRESS_REFUSED


@pytest.mark.parametrize("address", LET_THROUGH.split())
def test_neighbours_of_the_table_are_let_through(address: str) -> None:
    """The address just outside a refused network is an ordinary one."""
    vet(address)


@pytest.mark.parametrize(
    "address", ["", "localhost", "127.1", "2130706433", "1.2.3", "8.8.8.8 ", "８.8.8.8", "[::1]", "08.8.8.8"]
)
def test_only_ip_addresses_are_vetted(address: str) -> None:
    """What is no IP address in its one spelling is refused, not guessed at."""
    with pytest.raises(AddressRefused):
        vet(address)


@pytest.mark.parametrize("host", ODD_HOSTS.split())
def test_odd_spellings_of_hosts_are_refused(host: str) -> None:
    """No spelling of an internal host, and no second spelling of a number, passes."""
    with pytest.raises(AddressRefused):
        vet_url(f"http://{host}/feed")


@pytest.mark.parametrize("host", [*REFUSED_V4.split(), *(f"[{one}]" for one in REFUSED_V6.split())])
def test_literal_addresses_are_vetted(host: str) -> None:
    """A refused address is refused as the host of a URL, too."""
    with pytest.raises(AddressRefused):
        vet_url(f"https://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed",
        "//example.org/feed",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "data:text/html,x",
        "http://user@example.org/",
        "http://user:secret@example.org/",
        "http://example.org@127.0.0.1/",
        "http://example.org:99999/",
        "http://example.org:x/",
        "http:///feed",
        "http://[::1",
        "http://[2606:4700::1111]8080/",
        "http://[2606:4700::1111]]/",
        "http://[2606:4700::1111].example.org/",
        "http://exa mple.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/\r\nHost: x",
        "http://exam%70le.org/",
        "http://-a.example.org/",
        "http://a..example.org/",
        "http://" + "a" * 64 + ".org/",
        "http://example.org/" + "a" * 5000,
        "http://xn--.org\u0000/",
    ],
)
def test_malformed_addresses_are_refused(url: str) -> None:
    """Other schemes, user-info and what two parsers could read differently are bad addresses."""
    with pytest.raises(AddressRefused) as caught:
        vet_url(url)
    assert caught.value.reason is Reason.BAD_URL


@pytest.mark.parametrize("port", [1, 22, 25, 6, 110, 445, 1023])
def test_low_ports_are_refused(port: int) -> None:
    """A redirect cannot make us speak to a mail or file server."""
    with pytest.raises(AddressRefused):
        vet_url(f"http://example.org:{port}/")


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://example.org", Target("http", "example.org", 80)),
        ("https://Example.ORG/a?b", Target("https", "example.org", 443)),
        ("HTTPS://example.org:8443/", Target("https", "example.org", 8443)),
        ("http://8.8.8.8/", Target("http", "8.8.8.8", 80)),
        ("http://[2606:4700::1111]:8080/", Target("http", "2606:4700::1111", 8080)),
        ("https://straße.example/", Target("https", "xn--strae-oqa.example", 443)),
        ("https://новости.рф/rss", Target("https", "xn--b1amnebsh.xn--p1ai", 443)),
        ("http://under_score.example.org/", Target("http", "under_score.example.org", 80)),
    ],
)
def test_ordinary_addresses_are_let_through(url: str, target: Target) -> None:
    """Web addresses give scheme, ASCII host and port."""
    assert vet_url(url) == target


def test_an_allowed_pair_is_exact() -> None:
    """The allow list opens one port of one host, in one spelling."""
    allowed = allow_list("127.0.0.1:8090, sample:80,[::1]:9000")
    assert vet_url("http://127.0.0.1:8090/feed", allowed).port == 8090
    assert vet_url("http://sample/feed", allowed).host == "sample"
    assert vet_url("http://[::1]:9000/", allowed).host == "::1"
    for url in (
        "http://127.0.0.1:6379/",
        "http://127.0.0.2:8090/",
        "http://127.1:8090/",
        "http://localhost:8090/",
    ):
        with pytest.raises(AddressRefused):
            vet_url(url, allowed)


@pytest.mark.parametrize("setting", ["127.0.0.1", "x:", ":80", "x:0", "x:70000", "x:http", "a:80,b"])
def test_an_allow_list_without_ports_stops_the_start(setting: str) -> None:
    """A whole host is never allowed by accident."""
    with pytest.raises(Misconfigured):
        allow_list(setting)


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_judging_is_total(text: str) -> None:
    """Any text is either a target or refused by name."""
    for url in (text, "http://" + text, f"http://{text}.org/"):
        try:
            target = vet_url(url)
        except AddressRefused:
            continue
        assert target.host.isascii()


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_mapping_hides_nothing(number: int) -> None:
    """An IPv4 address is judged alike alone and mapped into IPv6."""
    plain = ".".join(str(byte) for byte in number.to_bytes(4))
    verdicts = []
    for address in (plain, f"::ffff:{plain}"):
        try:
            vet(address)
            verdicts.append(True)
        except AddressRefused:
            verdicts.append(False)
    assert verdicts[0] == verdicts[1]
