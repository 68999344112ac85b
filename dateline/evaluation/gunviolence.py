"""Local news of shootings: the exact numbers of the killed and the hurt.

Owns which count of several is compared: the largest of the fresh incidents, since one article of this
set tells of one shooting, with its later tolls.
"""

from dateline.evaluation.cases import Fault, Verdict, fresh, trial
from dateline.evaluation.corpora import Row
from dateline.evaluation.labels import GUN
from dateline.incidents.record import Coding

_COUNTS = (("n_killed", "killed", "killed_exact"), ("n_injured", "wounded", "injured_exact"))


def gun_violence(row: Row, coding: Coding) -> Verdict:
    """Judge one article; one without any incident has counted nobody."""
    told, labels = fresh(coding), row["labels"]
    marks = {"coded": trial(bool(coding.incidents))}
    faults = [] if told else [Fault(kind="missed", gold="a shooting", given="nothing fresh")]
    for label, kind, figure in _COUNTS:
        counts = [getattr(one.toll, kind) for one in told]
        given, wanted = max((one.min for one in counts if one), default=0), int(labels[label])
        marks[figure] = trial(given == wanted)
        if given != wanted:
            faults.append(Fault(kind="toll", gold=f"{wanted} {kind}", given=f"{given} {kind}"))
    return Verdict(
        marks=marks,
        faults=tuple(faults),
        gold=tuple(
            (key, str(labels[key]))
            for key in ("n_killed", "n_injured", "shooting_date", "address")
            if labels.get(key) is not None
        ),
        quotes=(str(labels.get("address") or ""),),
        sure=tuple((one.confidence, one.sub_event_type in GUN) for one in told),
    )
