"""What is no incident: every text here must give none that is fresh."""

from datetime import UTC, datetime

import pytest

from dateline.incidents.assemble import Coder
from dateline.model import Article

PUBLISHED = datetime(2024, 5, 14, 8, tzinfo=UTC)

#: A true lead, so that the article passes as relevant and only the sentence itself can refuse.
LEAD = "Soldiers and rebels are at war in the north of Mali, where the government has lost ground. "

HABITS = [
    "The faction routinely hits supply trucks along the river.",
    "Gangs have multiplied their raids on the lowlands of late.",
    "The separatists keep mounting assaults on rival villages.",
    "Gunmen often kidnap travellers on the road to the mine.",
    "Bandits frequently raid villages in the region, killing residents and stealing cattle.",
    "The revolt has grown fiercer, with traps laid on many roads and scores of people killed.",
    "Attacks by militants are on the rise in the border area.",
    "The cell is busiest in the mountain valleys.",
    "Suicide bombings and ambushes are typically carried out by small cells.",
    "Gunmen drift across both districts and mostly escape the bombardment.",
    "The group is known for beheading captives and burning villages.",
    "The militants usually attack at dawn and kill soldiers at lonely posts.",
]
BEASTS = [
    "A boy of six has died in hospital after being attacked by a rottweiler in his uncle's garden.",
    "Two herders were trampled by wild elephants near the reserve on Monday.",
    "A hiker was mauled and killed on Sunday, rangers said.",
    "The flight hit turbulence on Tuesday, injuring nine people.",
]
THREATS = [
    "The rebels threatened to attack the capital before the vote.",
    "Officials warned that militants could bomb churches on Sunday.",
    "The army said it will launch an offensive against the rebels next week.",
    "The movement vowed to kill soldiers who enter its territory.",
    "Diplomats fear that gunmen may kidnap aid workers in the town of Gao.",
    "The minister called for attacks on civilians to stop.",
    "Soldiers are trained to prevent suicide bombings.",
    "The group said it would not attack schools.",
    "Residents fear attacks by bandits on Monday's market.",
    "The plan is to deter attacks on convoys near Gao.",
]
DENIALS = [
    "No attack was carried out in Gao on Monday, the police said.",
    "The army denied killing civilians in the village on Sunday.",
    "Nobody was killed, and there was no explosion in the town.",
    "There were no clashes in Timbuktu on Tuesday.",
]
SPORT = [
    "The striker fired a shot on target and the visitors' attack on goal was beaten back on Saturday.",
    "The home side was ambushed by a late goal in the derby on Sunday, and the coach was fired.",
    "The boxer won the battle of champions on Friday and called it a massacre.",
    "Two players were injured in a clash on the pitch at the stadium on Saturday.",
    "The quarterback was hit three times as the visitors raided the end zone on Monday.",
]
MARKETS = [
    "Shares exploded on Monday as a price war between grocers ended.",
    "The company fired 300 workers on Tuesday and shareholders attacked the board.",
    "Oil markets were bombarded with news on Friday.",
    "The hostile takeover bid was shot down by the directors on Wednesday.",
]
COURTS = [
    "A court sentenced two men to life in prison on Monday for the bombing of a station in which nine people died.",
    "The trial of a rebel commander accused of killing 40 villagers opened on Tuesday.",
    "Prosecutors charged him with the murder of a journalist on Friday.",
    "A jury found the man guilty of shooting three policemen.",
    "The appeals court upheld the conviction of five men who kidnapped tourists.",
    "An inquest into the deaths of eight soldiers opened on Thursday.",
    "The tribunal acquitted a former general of ordering the massacre.",
]
FICTION = [
    "In the film a soldier survives an ambush in which gunmen kill his brother.",
    "The novel opens with a bomb that kills twelve people in a station.",
    "The video game lets players shoot terrorists and storm a base on Monday.",
    "The documentary tells how rebels captured the town.",
]
ACCIDENTS = [
    "Nine people were killed on Monday when a bus overturned near Segou.",
    "A gas leak caused an explosion in a kitchen in Bamako on Tuesday, wounding four.",
    "Two workers died when a crane collapsed at the port on Friday.",
    "The ferry capsized on Sunday and eleven passengers are missing.",
    "A train derailed near the junction on Monday, injuring thirty.",
    "A boiler blast at a mill killed three employees on Wednesday.",
    "Three miners were killed when a tunnel collapsed on Thursday.",
    "A light aircraft crashed near Kayes on Saturday, killing the pilot.",
]
DISASTERS = [
    "The earthquake killed at least 120 people on Monday.",
    "Floods killed eighteen villagers in Mopti on Tuesday.",
    "The cyclone left four people dead on Friday.",
    "Cholera has killed 34 people since January.",
    "Lightning killed six farmers near Kita on Sunday.",
]
MEMORIALS = [
    "Hundreds gathered on Monday to mark the anniversary of the bombing that killed 80 people.",
    "A memorial to the soldiers killed in the battle was unveiled on Friday.",
    "The museum shows how the town was captured in the second world war.",
]
NO_EVENT = [
    "Attackers used the road because it is hidden, analysts say.",
    "What do the attacks mean for the region?",
    "The group was founded twenty years ago and has changed its leader three times.",
    "Aid agencies say that two million people have fled the fighting.",
    "The envoy condemned attacks on civilians in all parts of the country.",
    "The report counts bombs and how they are made.",
    "Soldiers stood guard at the polling stations on Sunday.",
    "The minister met officers of the peacekeeping mission in Gao on Monday.",
    "A suicide attempt by a patient was prevented on Monday.",
    "The road stretches from the border to the airbase in Gao.",
]
ALL = [
    *HABITS, *THREATS, *BEASTS, *DENIALS, *SPORT, *MARKETS, *COURTS, *FICTION, *ACCIDENTS, *DISASTERS, *MEMORIALS, *NO_EVENT,
]  # fmt: skip


def coded(text: str) -> list[str]:
    coding = Coder.load().code(Article(id="a", text=text, published_at=PUBLISHED))
    return [one.sub_event_type for one in coding.incidents if one.class_ == "fresh"]


@pytest.mark.parametrize("sentence", ALL)
def test_refused_alone_and_after_a_true_lead(sentence: str):
    """The sentence opens nothing, neither by itself nor in an article about a war."""
    assert coded(sentence) == []
    assert coded(LEAD + sentence) == []


def test_there_are_enough_refusals():
    """Refusing is the art: at least sixty kinds of trap stand here."""
    assert len(set(ALL)) >= 60


def test_the_lead_alone_is_refused():
    """A generic lead without a specific event yields nothing."""
    assert coded(LEAD) == []
