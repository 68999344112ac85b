"""Whole documents: MUC-4's newswire and CEHA's descriptions of events in the Horn of Africa.

Owns what makes a document one that holds an incident: the set says so, and either an incident was
coded or the document was called relevant; both are told.
"""

from dateline.evaluation import days
from dateline.evaluation.cases import Fault, Verdict, answer, fresh, names, overlap
from dateline.evaluation.corpora import Row
from dateline.evaluation.labels import MUC, MUC_LEFT_OUT
from dateline.incidents.record import Coding


def muc(row: Row, coding: Coding) -> Verdict:
    """Judge a MUC-4 document: whether it holds an incident, of which types, and on which days.

    Raises:
        KeyError: the row has no labels or templates.
    """
    labels, templates = row["labels"], row["templates"]
    holds = bool(labels["incident"])
    found = set[str]().union(*(MUC.get(one.sub_event_type, frozenset()) for one in coding.incidents))
    wanted = set(labels["types"]) - MUC_LEFT_OUT
    dated, day_faults = days.marks(templates, coding)
    return Verdict(
        marks={
            "documents_coded": answer(given=bool(coding.incidents), wanted=holds),
            "documents_relevant": answer(given=coding.relevant, wanted=holds),
            "type": overlap(found, wanted),
            **{
                f"type/{label.lower()}": overlap(found & {label}, wanted & {label})
                for label in found | wanted
            },
            **dated,
        },
        faults=(*_documents(coding, holds=holds), *_types(found, wanted), *day_faults),
        gold=tuple(
            (f"{one['type'].lower()}{' (optional)' if one['optional'] else ''}", _template(one))
            for one in templates
        ),
        quotes=tuple(fill for one in templates for fill in days.fills(one)),
        sure=tuple((one.confidence, _right(one.sub_event_type, labels["types"])) for one in fresh(coding)),
    )


def muc_days(row: Row, coding: Coding) -> Verdict:
    """Judge the days of a document of MUC-4's training part, from which no day was ever learned."""
    dated, faults = days.marks(row["templates"], coding)
    gold = tuple((one["type"].lower(), _template(one)) for one in row["templates"])
    return Verdict(marks=dated, faults=tuple(faults), gold=gold)


def ceha(row: Row, coding: Coding) -> Verdict:
    """Judge a CEHA description: relevant or not; only what would enter the queue counts as coded."""
    labels = row["labels"]
    relevant = bool(labels["relevant"])
    told = fresh(coding)
    causes = [key for key, value in labels.items() if value is True and key != "relevant"]
    return Verdict(
        marks={
            "documents_coded": answer(given=bool(told), wanted=relevant),
            "documents_relevant": answer(given=coding.relevant, wanted=relevant),
        },
        faults=tuple(_documents(coding, holds=relevant, fresh_only=True)),
        gold=(
            ("relevant", "yes" if relevant else f"no: {labels.get('why_not') or 'no reason given'}"),
            ("cause", names(causes)),
            ("sides", " / ".join(str(row.get(key) or "-") for key in ("actor1", "actor2"))),
        ),
        sure=tuple((one.confidence, relevant) for one in told),
    )


def _right(sub_type: str, types: list[str]) -> bool:
    return bool(MUC.get(sub_type, frozenset()) & set(types))


def _documents(coding: Coding, *, holds: bool, fresh_only: bool = False) -> list[Fault]:
    coded = fresh(coding) if fresh_only else coding.incidents
    told = f"{names({one.sub_event_type for one in coded})}; relevant: {'yes' if coding.relevant else 'no'}"
    if holds and not (coded and coding.relevant):
        return [Fault(kind="missed", gold="holds an incident", given=told)]
    if not holds and (coded or coding.relevant):
        return [Fault(kind="false", gold="holds no incident", given=told)]
    return []


def _types(found: set[str], wanted: set[str]) -> list[Fault]:
    """Types of a document that was found and has some: a missed one is told as missed, not as mistyped."""
    wrong = found and wanted and found != wanted
    return [Fault(kind="type", gold=names(wanted), given=names(found))] if wrong else []


def _template(one: Row) -> str:
    parts = (one["date"], one["location"], *one["perp_org"][:1], "against", *days.fills(one)[:3])
    return " ".join(part for part in parts if part and part != "-")
