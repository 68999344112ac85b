"""`train`: the models that the wire ships, built anew from data."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from dateline.errors import Misconfigured


def train(
    data: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Folder with incidents/ and news/.")
    ],
    out: Annotated[
        Path | None, typer.Option(help="Where to write [default: the package's own models].")
    ] = None,
) -> None:
    """Fit the relevance model from labelled articles; prints its held-out figures as JSON.

    The weights that are shipped were made by this command; docs/models.md names the data sets.

    Example: dateline train ../shared/data
    """
    from dateline.incidents import train as training

    target = out or Path(training.__file__).parent / "models"
    try:
        figures = training.train(data, target)
    except OSError as error:
        raise Misconfigured(f"cannot train: {error}") from error
    typer.echo(msgspec.json.encode(figures).decode())


COMMANDS = (train,)
