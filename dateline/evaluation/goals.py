"""What each figure should reach, and the words under which the table tells it.

Owns the goals. A goal is met by the value itself; the interval beside it says how far to trust that.
"""

from msgspec import Struct, structs

from dateline.evaluation.figures import Direction, Figure


class Goal(Struct, frozen=True):
    """What one figure should reach; ``about`` is its row in the table."""

    about: str
    value: float
    direction: Direction = "at_least"


#: By set and figure, in the order of the table.
GOALS: dict[str, Goal] = {
    "muc34/documents_coded": Goal("MUC-4: documents in which an incident is coded, F1", 0.92),
    "muc34/documents_relevant": Goal("MUC-4: documents called relevant, F1", 0.92),
    "muc34/type": Goal("MUC-4: incident types of a document, micro-F1", 0.72),
    "muc34/days_exact": Goal("MUC-4: day exact, template given", 0.85),
    "muc34_train/days_exact": Goal("MUC-4, training part: day exact, template given", 0.85),
    "satp/action_type": Goal("SATP 2014: action types, micro-F1", 0.93),
    "satp/killed_exact": Goal("SATP 2014: killed, exact", 0.90),
    "satp/within_50_km": Goal("SATP 2014: place within 50 km of the point", 0.80),
    "satp/district_right": Goal("SATP 2014: district right, by point or by name", 0.80),
    "gunviolence/killed_exact": Goal("Gun violence: killed, exact", 0.85),
    "gunviolence/injured_exact": Goal("Gun violence: injured, exact", 0.78),
    "ceha/documents_coded": Goal("CEHA: descriptions in which an incident is coded, F1", 0.85),
    "ceha/documents_relevant": Goal("CEHA: descriptions called relevant, F1", 0.85),
    "ordinary/false_per_1000": Goal("Ordinary news: articles with a false incident, of 1,000", 5, "at_most"),
    "samples/incident_f1": Goal("Samples: incidents, F1", 0.90),
    "samples/leaks": Goal("Samples: leaks", 0, "at_most"),
    "samples/hard_fails": Goal("Samples: hard fails", 0, "at_most"),
    "samples/aggregates_found": Goal("Samples: statistics found", 1.0),
    "evidence/spans_equal": Goal("Evidence: spans equal their slices", 1.0),
    "evidence/fields_supported": Goal("Evidence: filled fields supported or inferred", 1.0),
    "calibration/all": Goal("Confidence: calibration error", 0.05, "at_most"),
    "phrases/toll_phrases": Goal("Toll phrases that pass", 400),
    "phrases/time_phrases": Goal("Time phrases that pass", 300),
    "phrases/place_phrases": Goal("Place phrases that pass", 200),
    "phrases/actor_clauses": Goal("Actor clauses that pass", 200),
    "speed/heavy/cpu_ms_per_300_words": Goal(
        "Coding 300 words full of incidents, ms of one core", 5, "at_most"
    ),
    "speed/ordinary/cpu_ms_per_article": Goal("Coding an ordinary article, ms of one core", 5, "at_most"),
}

B3_GOAL = 0.80
"""Of every B³ F1 over all mentions that the streams' script gives."""


def goal_of(name: str) -> Goal | None:
    """Return the goal of a figure, by set and figure; None when it has none."""
    if name.startswith("cross_article/") and name.endswith("/b3_f1"):
        return Goal(f"Across articles, B³: {name.split('/', 1)[1].removesuffix('/b3_f1')}", B3_GOAL)
    return GOALS.get(name)


def beside(name: str, one: Figure) -> Figure:
    """Return a figure with its goal, and whether it is met."""
    goal = goal_of(name)
    if goal is None:
        return one
    met = one.value >= goal.value if goal.direction == "at_least" else one.value <= goal.value
    return structs.replace(one, goal=goal.value, direction=goal.direction, met=met)
