"""`schema`: the published contract of what leaves the wire, for machines."""

from typing import Annotated

import msgspec
import typer


def schema(
    alert: Annotated[bool, typer.Option("--alert", help="Of an alert instead of an envelope.")] = False,
) -> None:
    """Print the JSON Schema of the envelope that leaves the wire, or of an alert.

    Example: dateline schema > envelope.schema.json
    """
    from dateline.incidents.record import Alert, Envelope, json_schema

    text = msgspec.json.encode(json_schema(Alert if alert else Envelope))
    typer.echo(msgspec.json.format(text, indent=2).decode())


COMMANDS = (schema,)
