"""`alerts`: what the watches have told, and what they tell now."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import session

if TYPE_CHECKING:
    from dateline.incidents.record import Alert


def alerts(
    since: Annotated[str, typer.Option(help="Start so long ago: 15m, 1h, 7d, or an ISO date.")] = "1d",
    follow: Annotated[bool, typer.Option("--follow", help="Go on with what arrives.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the alerts, one JSON a line.")] = False,
) -> None:
    """Show the alerts of the watches, the oldest first: what met one, and what was held back since the one before.

    Example: dateline alerts --since 1h --follow
    """
    from dateline.store.alerts import decode_alert
    from dateline.store.streams import seq_at

    start = seq_at(session.ago(since))
    with session.opened() as store:
        try:
            for data in session.followed(store.alerts.events, start, follow=follow):
                typer.echo(data.decode() if as_json else line(decode_alert(data)))
                sys.stdout.flush()
        except KeyboardInterrupt:
            return


def line(alert: "Alert") -> str:
    """Return an alert in one line for a person."""
    from dateline.cli import show

    incident = alert.incident
    if alert.event == "retracted":
        goes_on = f"merged into {incident.merged_into}" if incident.merged_into else "retracted"
        what = f"WITHDRAWN ({goes_on}): {show.what(incident)}"
    else:
        what = " · ".join(
            part for part in (show.what(incident), show.toll(incident), show.who(incident)) if part
        )
    held = f" · and {alert.held_back} more held back" if alert.held_back else ""
    head = f"{alert.at:%Y-%m-%d %H:%M:%S}  {alert.severity.upper():8}  [{show.plain(alert.watch)}]"
    return f"{head} {show.mark(alert)} {show.plain(what)} · {incident.id}{held}"


COMMANDS = (alerts,)
