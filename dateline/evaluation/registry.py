"""Which sets there are, and who judges them: one row each.

Owns the rows, and nothing else. A set is added here, with a judge and, where it has one, a goal.
"""

from dateline.evaluation import documents, gunviolence, ordinary, others, summaries
from dateline.evaluation.cases import Set
from dateline.evaluation.corpora import Row, published


def _dateline(_row: Row) -> None:
    """Return no day: the article's own dateline tells it."""


def _summary_day(row: Row) -> str:
    return str(row["date"])


def _gun_day(row: Row) -> str:
    return str(row["publish_date"])


def _ordinary_day(_row: Row) -> str:
    return ordinary.READ_AS_OF


SETS: tuple[Set, ...] = (
    Set(
        name="muc34",
        files=("incidents/muc34_dev",),
        judge=documents.muc,
        day=_dateline,
        about="MUC-3/4 newswire, development part",
    ),
    Set(
        name="muc34_train",
        files=("incidents/muc34_train",),
        judge=documents.muc_days,
        day=_dateline,
        about="MUC-3/4 newswire, training part: days only",
    ),
    Set(
        name="satp",
        files=("incidents/satp_2014",),
        judge=summaries.satp,
        day=_summary_day,
        about="South Asia Terrorism Portal, summaries of 2014",
    ),
    Set(
        name="gunviolence",
        files=("incidents/gunviolence_dev",),
        judge=gunviolence.gun_violence,
        day=_gun_day,
        about="gun violence corpus, development part",
    ),
    Set(
        name="ceha",
        files=("incidents/ceha_dev",),
        judge=documents.ceha,
        day=published,
        about="CEHA, Horn of Africa, development part",
    ),
    Set(
        name="bbc",
        files=("news/bbc_dev",),
        judge=ordinary.ordinary,
        day=_ordinary_day,
        select=ordinary.bbc,
        per=1000,
        about="BBC news without incident, development part",
    ),
    Set(
        name="agnews",
        files=("news/agnews_no_world",),
        judge=ordinary.ordinary,
        day=_ordinary_day,
        select=ordinary.agnews,
        per=1000,
        about="AG News without its world section, unseen by the weights",
    ),
    Set(
        name="reuters",
        files=("news/reuters21578",),
        judge=ordinary.ordinary,
        day=_ordinary_day,
        select=ordinary.reuters,
        per=1000,
        about="Reuters-21578, unseen by the weights",
    ),
    Set(
        name="satp_earlier",
        files=("incidents/satp_2005_2013",),
        judge=summaries.satp,
        day=_summary_day,
        select=others.eighth,
        about="the Portal's summaries of 2005 to 2013, one of eight: types, tolls and places of rows at which nobody "
        "looked; the weights of relevance saw a quarter",
    ),
    Set(
        name="gunviolence_train",
        files=("incidents/gunviolence_train",),
        judge=gunviolence.gun_violence,
        day=_gun_day,
        select=others.eighth,
        about="gun violence corpus, training part, one of eight: counts, which no weight learned",
    ),
    Set(
        name="rand",
        files=("incidents/rand_gtd",),
        judge=others.rand,
        day=published,
        select=others.tenth,
        about="RAND and GTD descriptions, one of ten; the weights saw a third",
    ),
    Set(
        name="indiapolice",
        files=("incidents/indiapolice_docs_train", "incidents/indiapolice_docs_dev"),
        judge=others.police,
        day=_dateline,
        select=others.labelled,
        about="reports on the police, Gujarat 2002, that label a killing or an arrest; the weights saw the training part",
    ),
    Set(
        name="plover",
        files=("incidents/plover_gsr",),
        judge=others.plover,
        day=_dateline,
        about="PLOVER's gold sentences",
    ),
    Set(
        name="giveme5w1h",
        files=("incidents/giveme5w1h_gold",),
        judge=others.questions,
        day=published,
        about="news with when and where answered by three coders",
    ),
    Set(
        name="satp_relevant",
        files=("incidents/satp_relevant_dev",),
        judge=others.summary,
        day=_dateline,
        about="later summaries of the Portal, all of them incidents",
    ),
    Set(
        name="insightcrime",
        files=("incidents/insightcrime_dev",),
        judge=others.analysis,
        day=_dateline,
        about="InSight Crime's analyses: how often anything fresh is coded in background",
    ),
)

BY_NAME: dict[str, Set] = {one.name: one for one in SETS}

ORDINARY = ("bbc", "agnews", "reuters")
LABELLED = ("muc34", "ceha", "satp", "gunviolence")
"""Sets whose judges say of each fresh incident whether it is right."""
PROVEN = (*LABELLED, "insightcrime", "plover")
"""Sets over which evidence is counted."""

PARTS: tuple[str, ...] = (
    "muc34", "muc34_train", "satp", "gunviolence", "ceha", "ordinary", "samples", "evidence", "calibration",
    "phrases", "speed", "places", "cross_article", "satp_earlier", "gunviolence_train", "rand", "indiapolice", "plover", "giveme5w1h",
    "satp_relevant", "insightcrime",
)  # fmt: skip
"""What may be asked for, in the order in which it is told."""

BROWSABLE: tuple[str, ...] = (*BY_NAME, "samples")
"""Sets whose errors can be shown."""
