"""Which addresses may be connected to, whoever names them.

Owns the table of refused networks and the one spelling of a host that is let through. Refuses to
resolve, to connect and to remember: ``fetch`` asks about every answer and about every socket.
``ipaddress.is_global`` is not used: it lets through NAT64, 6to4, multicast and more.
"""

import ipaddress
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

import idna

from dateline.errors import AddressRefused, Misconfigured, Reason

Allowed = frozenset[tuple[str, int]]
"""Pairs of host (a name or an address, as spelled in the setting) and port that are let through."""

NOBODY: Allowed = frozenset()

REFUSED_IPV4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier NAT, and the metadata of one cloud
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the platform address of one cloud, global by its number
        "169.254.0.0/16",  # link-local and most metadata services
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved and broadcast
    )
)
"""IANA's special-purpose registry, read strictly, and two addresses that clouds use inside."""

GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")
"""The only part of IPv6 that IANA hands out; all else is refused, NAT64 and fec0:: with it."""

REFUSED_IPV6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries any IPv4 inside
        "3fff::/20",  # documentation
        "2620:4f:8000::/48",  # AS112
    )
)
"""What is refused within 2000::/3."""

MAX_URL_CHARACTERS = 4096
"""Longest address that is asked for; hosts refuse request lines above 8 KB."""

_INTERNAL_SUFFIXES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
_NUMERIC_LABEL = re.compile(r"[0-9]+\Z|0x[0-9a-f]*\Z")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_BEGIN = re.compile(r"https?://[^/?#]*", re.IGNORECASE | re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Target(NamedTuple):
    """Where a vetted address leads: scheme, host in lower-case ASCII (no brackets), port."""

    scheme: str
    host: str
    port: int


def vet(address: str) -> None:
    """Return if the IP address (its text, as a resolver gives it) may be connected to.

    IPv4-mapped IPv6 is judged as the IPv4 inside.

    Raises:
        AddressRefused: an address of the table, a scoped one, or text that is no IP address.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError as error:
        raise AddressRefused(f"not an IP address: {address[:80]!r}") from error
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id is not None:
            raise AddressRefused(f"scoped address: {address}")
        mapped = ip.ipv4_mapped
        if mapped is None:
            _vet_ipv6(ip)
            return
        ip = mapped
    for network in REFUSED_IPV4:
        if ip in network:
            raise AddressRefused(f"{address} lies in {network}")


def _vet_ipv6(ip: ipaddress.IPv6Address) -> None:
    if ip not in GLOBAL_IPV6:
        raise AddressRefused(f"{ip} lies outside {GLOBAL_IPV6}")
    for network in REFUSED_IPV6:
        if ip in network:
            raise AddressRefused(f"{ip} lies in {network}")


def vet_url(url: str, allowed: Allowed = NOBODY) -> Target:
    """Return where an absolute http(s) address leads, if it may be asked at all.

    A literal address is vetted here; a name is not resolved, only its spelling is judged. Names
    need a dot, and ports are 80, 443 or 1024 and above, unless host and port are allowed.

    Raises:
        AddressRefused: reason bad_url for another scheme, user-info or a malformed address;
            reason address_refused for a refused host, port or spelling of a number.
    """
    if len(url) > MAX_URL_CHARACTERS or _FORBIDDEN.search(url):
        raise AddressRefused(f"malformed address: {url[:200]!r}", Reason.BAD_URL)
    begin = _BEGIN.match(url)
    if begin is None:
        raise AddressRefused(f"not an http(s) address: {url[:200]!r}", Reason.BAD_URL)
    return _vet_authority(begin[0].lower(), allowed)


# Feeds and pages of one host come in runs; a refusal is not remembered.
@lru_cache(maxsize=4096)
def _vet_authority(url: str, allowed: Allowed) -> Target:
    parts = _split(url)
    host = _ascii_host(parts)
    try:
        port = parts.port
    except ValueError as error:
        raise AddressRefused(f"bad port: {url[:200]!r}", Reason.BAD_URL) from error
    target = Target(parts.scheme, host, _DEFAULT_PORTS[parts.scheme] if port is None else port)
    literal = ":" in host or _NUMERIC_LABEL.match(host.rpartition(".")[2]) is not None
    if (target.host, target.port) in allowed:
        return target
    if target.port < 1024 and target.port not in _DEFAULT_PORTS.values():
        raise AddressRefused(f"port {target.port} is not for the web")
    if literal:
        vet(host)
    else:
        _vet_name(host)
    return target


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise AddressRefused(f"malformed address: {url[:200]!r}", Reason.BAD_URL) from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise AddressRefused(f"not an http(s) address: {url[:200]!r}", Reason.BAD_URL)
    if "@" in parts.netloc:
        raise AddressRefused("user-info in an address", Reason.BAD_URL)
    return parts


def _ascii_host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if not host or ("[" in parts.netloc) != (":" in host):
        raise AddressRefused(f"no host: {parts.netloc[:200]!r}", Reason.BAD_URL)
    if ":" in host and parts.netloc.partition("]")[2][:1] not in {"", ":"}:
        raise AddressRefused(f"more than a host: {parts.netloc[:200]!r}", Reason.BAD_URL)
    if host.isascii():
        return host
    # Full-width digits, dots and letters become ASCII in a resolver: only names that do not change are let through.
    if unicodedata.normalize("NFKC", host) != host or "。" in host:
        raise AddressRefused(f"odd spelling of a host: {host[:80]!r}")
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise AddressRefused(f"no host name: {host[:80]!r}", Reason.BAD_URL) from error


def _vet_name(host: str) -> None:
    labels = host.removesuffix(".").split(".")
    if len(host) > 253 or not all(_LABEL.match(label) for label in labels):
        raise AddressRefused(f"no host name: {host[:80]!r}", Reason.BAD_URL)
    if len(labels) == 1:
        raise AddressRefused(f"a name without a dot is ours or nobody's: {host}")
    # A trailing dot changes nothing for a resolver, and "127.0.0.1." must not pass for a name.
    if _NUMERIC_LABEL.match(labels[-1]):
        raise AddressRefused(f"odd spelling of an address: {host}")
    name = ".".join(labels)
    if any(name == suffix or name.endswith("." + suffix) for suffix in _INTERNAL_SUFFIXES):
        raise AddressRefused(f"an internal name: {host}")


def allow_list(setting: str) -> Allowed:
    """Return the pairs of ``DATELINE_ALLOW_ADDRESSES``: "host:port" or "[v6]:port", comma-separated.

    Raises:
        Misconfigured: an entry without a port between 1 and 65535.
    """
    pairs = set()
    for entry in filter(None, (part.strip() for part in setting.split(","))):
        host, _, port = entry.rpartition(":")
        if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
            raise Misconfigured(f"allow_addresses: {entry!r} is not host:port")
        pairs.add((host.removeprefix("[").removesuffix("]").lower(), int(port)))
    return frozenset(pairs)
