"""Questions to Prometheus in the shapes that the boards share.

Owns how our series are added up: counters and histograms over all processes; gauges come from
any keeper, and all keepers read the same Redis, so the largest stands for all.
"""

SPAN = "$interval"
"""The window of a rate: the variable at the top of each board."""


def rate(metric: str, by: str = "", where: str = "", span: str = SPAN) -> str:
    """Return what a counter gains a second, by a label. Our counters stand at 0 before their first event."""
    inner = f"rate({metric}{_where(where)}[{span}])"
    return _total(inner, by)


def gained(metric: str, by: str = "", where: str = "", span: str = SPAN) -> str:
    """Return what a counter gained in the span, by a label."""
    return _total(f"increase({metric}{_where(where)}[{span}])", by)


def per_minute(metric: str, by: str = "", where: str = "") -> str:
    return f"60 * {rate(metric, by, where)}"


def gauge(metric: str, by: str = "", where: str = "") -> str:
    inner = f"{metric}{_where(where)}"
    return f"max by ({by}) ({inner})" if by else f"max({inner})"


def quantile(share: float, metric: str, by: str = "", where: str = "", span: str = SPAN) -> str:
    """Return the quantile of a histogram in the span."""
    labels = f"le, {by}" if by else "le"
    return f"histogram_quantile({share}, sum by ({labels}) (rate({metric}_bucket{_where(where)}[{span}])))"


def within(metric: str, limit: str, span: str = SPAN) -> str:
    """Return the share of a histogram's observations up to a bucket's bound; 1 while there are none."""
    bucket = f'sum(rate({metric}_bucket{{le="{limit}"}}[{span}]))'
    count = f"sum(rate({metric}_count[{span}]))"
    return f"{bucket} / ({count} > 0) or {count} == bool 0"


def share(part: str, whole: str) -> str:
    """Return part of whole, 0 while the whole is 0; nothing where nothing is known of the whole."""
    return f"({part}) / (({whole}) > 0) or 0 * ({whole})"


def _where(where: str) -> str:
    return f"{{{where}}}" if where else ""


def _total(inner: str, by: str) -> str:
    return f"sum by ({by}) ({inner})" if by else f"sum({inner})"
