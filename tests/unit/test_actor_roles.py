"""Sides are taken from voice and prepositions: a table of clauses, each with its trigger and both sides."""

import pytest

from dateline.incidents import actors
from dateline.incidents.record import Actors

GOV, POLICE, UNID, CIV = "Government Forces", "Police Forces", "Unidentified Armed Group", "Civilians"
IS, SHABAAB, BOKO = "Islamic State", "Al Shabaab", "Boko Haram"
RUSSIA, ISRAEL = "Military Forces of Russia (2000-)", "Military Forces of Israel"
NIGERIA, KENYA = "Military Forces of Nigeria", "Military Forces of Kenya"
TALIBAN, HAMAS, M23 = "Taliban", "Hamas Movement", "M23: March 23 Movement"
ELN, FMLN = "ELN: National Liberation Army", "FMLN: Farabundo Marti National Liberation Front"
PKK, TURKEY = "PKK: Kurdistan Workers' Party", "Military Forces of Turkey"
HOUTHI, RSF, SAF = "Houthi Movement", "Rapid Support Forces", "Military Forces of Sudan"
MAOIST, PROTEST, RIOT = "CPI (Maoist): Communist Party of India (Maoist)", "Protesters", "Rioters"

# clause | trigger | perpetrators | targets
ACTIVE = (
    ("Gunmen killed nine farmers", "killed", {UNID}, {CIV}),
    ("Boko Haram killed 20 villagers near the lake", "killed", {BOKO}, {CIV}),
    ("Al-Shabaab militants attacked a police station", "attacked", {SHABAAB}, {POLICE}),
    ("Police arrested three protesters", "arrested", {POLICE}, {PROTEST}),
    ("Nigerian troops killed 40 bandits", "killed", {NIGERIA}, {UNID}),
    ("The Taliban attacked an army checkpoint", "attacked", {TALIBAN}, {GOV}),
    ("Israeli forces shot dead a teenager", "shot", {ISRAEL}, {CIV}),
    ("Russian warplanes bombed a hospital, killing three nurses", "bombed", {RUSSIA}, {CIV}),
    ("Armed men abducted twelve students from a school", "abducted", {UNID}, {CIV}),
    ("Rebels shelled army positions", "shelled", {UNID}, {GOV}),
    ("Suspected bandits kidnapped a priest", "kidnapped", {UNID}, {CIV}),
    ("Kenyan soldiers killed five al-Shabaab fighters", "killed", {KENYA}, {SHABAAB}),
    ("M23 rebels captured two soldiers", "captured", {M23}, {GOV}),
    ("Hamas fired rockets and killed two civilians", "killed", {HAMAS}, {CIV}),
    ("Turkish jets struck PKK hideouts", "struck", {TURKEY}, {PKK}),
    ("A mob lynched two men", "lynched", {RIOT}, {CIV}),
    ("Security forces dispersed demonstrators", "dispersed", {GOV}, {PROTEST}),
    ("Insurgents ambushed a military convoy", "ambushed", {UNID}, {GOV}),
    ("The militants targeted a patrol of soldiers", "targeted", {UNID}, {GOV}),
    ("Houthi rebels detained eight aid workers", "detained", {HOUTHI}, {CIV}),
    ("RSF fighters looted homes and killed a doctor", "killed", {RSF}, {CIV}),
    ("ELN guerrillas kidnapped a mayor", "kidnapped", {ELN}, {CIV}),
    ("Naxalites blew up a vehicle, killing five policemen", "blew up", {MAOIST}, {POLICE}),
    ("Protesters attacked police officers with stones", "attacked", {PROTEST}, {POLICE}),
    ("IS militants executed four shepherds", "executed", {IS}, {CIV}),
)
PASSIVE = (
    ("Nine farmers were killed by gunmen", "killed", {UNID}, {CIV}),
    ("Two policemen were shot dead by unidentified gunmen", "shot", {UNID}, {POLICE}),
    ("A bus carrying worshippers was attacked by militants", "attacked", {UNID}, {CIV}),
    ("Twelve students were abducted by Boko Haram", "abducted", {BOKO}, {CIV}),
    ("Three soldiers have been killed by the Taliban", "killed", {TALIBAN}, {GOV}),
    ("A journalist was arrested by police", "arrested", {POLICE}, {CIV}),
    (
        "Four members of the army were killed when a mine planted by IS went off",
        "killed",
        {IS},
        {GOV},
    ),
    ("A village was attacked by al-Shabaab and ten villagers were killed", "killed", {SHABAAB}, {CIV}),
    ("Five Hamas fighters were killed in an Israeli airstrike", "killed", {ISRAEL}, {HAMAS}),
    ("Villagers killed in an attack by bandits were buried", "killed", {UNID}, {CIV}),
    ("Four miners were kidnapped by armed men", "kidnapped", {UNID}, {CIV}),
    ("The mayor was assassinated by ELN gunmen", "assassinated", {ELN}, {CIV}),
    ("Two PKK members were killed by Turkish soldiers", "killed", {TURKEY}, {PKK}),
    (
        "At least seven Nigerian soldiers were killed in two separate Boko Haram attacks",
        "killed",
        {BOKO},
        {NIGERIA},
    ),
    ("Ten soldiers and two civilians were wounded by rebels", "wounded", {UNID}, {GOV, CIV}),
    ("Teachers were taken hostage by separatist fighters", "taken hostage", {UNID}, {CIV}),
    ("Eight passengers were shot by assailants on motorcycles", "shot", {UNID}, {CIV}),
    ("A woman was raped by soldiers", "raped", {GOV}, {CIV}),
    ("Forty insurgents were killed by Nigerian troops", "killed", {NIGERIA}, {UNID}),
    ("An army patrol was ambushed by suspected Maoist cadres", "ambushed", {UNID}, {GOV}),
    ("A suspected thief was beaten to death by a mob", "beaten", {RIOT}, set()),
    (
        "Nine soldiers died when their truck was attacked by terrorists",
        "attacked",
        {UNID},
        {GOV},
    ),
    ("Residents were killed by shelling from the RSF", "killed", {RSF}, {CIV}),
    ("Three children were killed when Israeli forces shelled a school", "killed", {ISRAEL}, {CIV}),
    ("Two soldiers died in an ambush by jihadists", "died", {UNID}, {GOV}),
)
NOMINAL = (
    ("An attack by Boko Haram on villagers left ten dead", "attack", {BOKO}, {CIV}),
    ("An attack on worshippers by gunmen left ten dead", "attack", {UNID}, {CIV}),
    ("A Russian air strike killed several militants", "strike", {RUSSIA}, {UNID}),
    ("Russian cross-border drone strikes hit militants", "strikes", {RUSSIA}, {UNID}),
    ("Russian airstrikes against militants continued", "airstrikes", {RUSSIA}, {UNID}),
    ("IS attacks on the Syrian army", "attacks", {IS}, {"Military Forces of Syria (2000-2024)"}),
    ("An attack staged by suspected IS gunmen killed three soldiers", "attack", {IS}, {GOV}),
    ("A suicide bombing claimed by the Islamic State killed 30 worshippers", "bombing", {IS}, {CIV}),
    ("The killing of five civilians by soldiers", "killing", {GOV}, {CIV}),
    ("The abduction of schoolgirls by Boko Haram", "abduction", {BOKO}, {CIV}),
    ("The arrest of three activists by police", "arrest", {POLICE}, {CIV}),
    ("A drone strike by Turkish forces on PKK members", "strike", {TURKEY}, {PKK}),
    ("The shooting was blamed on the PKK", "shooting", {PKK}, set()),
    ("The raid was attributed to M23 rebels", "raid", {M23}, set()),
    ("Al-Shabaab claimed responsibility for the attack", "attack", {SHABAAB}, set()),
    ("Israeli strikes on Hamas positions", "strikes", {ISRAEL}, {HAMAS}),
    ("A bombing targeting police officers", "bombing", set(), {POLICE}),
    ("Houthi missile attacks against Israeli soldiers", "attacks", {HOUTHI}, {ISRAEL}),
    ("Russian jets flew nine airstrikes against IS camps", "airstrikes", {RUSSIA}, {IS}),
    ("Insurgents staged an ambush against Nigerian troops", "ambush", {UNID}, {NIGERIA}),
    ("The murder of a priest by gang members", "murder", {UNID}, {CIV}),
    ("The FMLN launched an offensive against the army", "offensive", {FMLN}, {GOV}),
    ("Police fire on demonstrators", "fire", {POLICE}, {PROTEST}),
    ("A landmine planted by Maoists killed two policemen", "landmine", {UNID}, {POLICE}),
    ("Gunmen carried out a raid on a village, killing nine farmers", "raid", {UNID}, {CIV}),
    ("An explosion killed three soldiers", "explosion", set(), {GOV}),
    ("A grenade attack on a police post injured two officers", "attack", set(), {POLICE}),
)
ENCOUNTERS = (
    ("Clashes between the army and Taliban fighters", "Clashes", {GOV}, {TALIBAN}),
    ("Fighting between M23 rebels and government forces", "Fighting", {M23}, {GOV}),
    ("The army clashed with M23 rebels", "clashed", {GOV}, {M23}),
    ("Protesters clashed with police", "clashed", {PROTEST}, {POLICE}),
    ("Maoist cadres exchanged fire with police", "exchanged fire", {UNID}, {POLICE}),
    ("A gun battle between police and bandits", "battle", {POLICE}, {UNID}),
    ("The RSF and the Sudanese army fought in the capital", "fought", {RSF}, {SAF}),
    ("Clashes with the Taliban left three soldiers dead", "Clashes", set(), {TALIBAN}),
    ("Troops battled militants in the north", "battled", {GOV}, {UNID}),
    ("Soldiers fought off an attack by al-Shabaab", "attack", {SHABAAB}, {GOV}),
    ("Fighting erupted between the Houthis and Israeli forces", "Fighting", {HOUTHI}, {ISRAEL}),
    ("An encounter between security forces and Naxalites", "encounter", {GOV}, {MAOIST}),
)
SOURCES = (
    ("Gunmen killed nine farmers, police said", "killed", {UNID}, {CIV}),
    ("Police said gunmen killed nine farmers", "killed", {UNID}, {CIV}),
    ("According to the army, rebels killed two villagers", "killed", {UNID}, {CIV}),
    ("Residents told reporters that soldiers shot two men", "shot", {GOV}, {CIV}),
    ("An army spokesman said Boko Haram killed six farmers", "killed", {BOKO}, {CIV}),
    ("The bandits killed a woman, residents said", "killed", {UNID}, {CIV}),
    ("Officials said three policemen were killed by gunmen", "killed", {UNID}, {POLICE}),
    ("Militants attacked a convoy, the military said", "attacked", {UNID}, set()),
)
CAPITALS = (
    ("THE FMLN GUERRILLAS ATTACKED AN ARMY PATROL", "ATTACKED", {FMLN}, {GOV}),
    ("TWO POLICEMEN WERE KILLED BY ELN GUERRILLAS NEAR THE TOWN", "KILLED", {ELN}, {POLICE}),
    ("GUERRILLAS KIDNAPPED THE MAYOR OF THE TOWN YESTERDAY", "KIDNAPPED", {UNID}, {CIV}),
    ("SOLDIERS KILLED SIX PEASANTS IN THE NORTHERN DEPARTMENT", "KILLED", {GOV}, {CIV}),
    ("THE MURDER OF SIX PRIESTS BY SOLDIERS SHOCKED THE COUNTRY", "MURDER", {GOV}, {CIV}),
)
CLAUSES = (*ACTIVE, *PASSIVE, *NOMINAL, *ENCOUNTERS, *SOURCES, *CAPITALS)


def sides(clause: str, trigger: str, country: str | None = None) -> Actors:
    mentions = actors.read_actors(clause, actors.load())
    start = clause.index(trigger)
    document = actors.DocumentActors(country=country)
    return actors.roles(clause, mentions, (start, start + len(trigger)), document_actors=document)


def test_the_table_is_large() -> None:
    """A hundred clauses or more are held."""
    assert len(CLAUSES) >= 100


@pytest.mark.parametrize(
    ("clause", "trigger", "perpetrators", "targets"), CLAUSES, ids=[row[0][:60] for row in CLAUSES]
)
def test_a_clause_gives_both_sides(
    clause: str, trigger: str, perpetrators: set[str], targets: set[str]
) -> None:
    """Who did it and to whom stands in the clause, whatever its order."""
    found = sides(clause, trigger)
    assert {one.name for one in found.perpetrator} == perpetrators
    assert {one.name for one in found.target} == targets


def test_government_forces_are_those_of_the_documents_country() -> None:
    """In a document about Mali "the army" is Mali's, and says that it was inferred."""
    (army,) = sides("The army attacked bandits", "attacked", "ML").perpetrator
    assert army.name == "Military Forces of Mali"
    assert army.inferred


def test_a_foreign_army_is_an_external_force() -> None:
    """Russian planes over Syria are external forces; at home they are state forces."""
    (abroad,) = sides("Russian planes bombed rebels", "bombed", "SY").perpetrator
    (home,) = sides("Russian planes bombed rebels", "bombed", "RU").perpetrator
    assert abroad.kind == "External/other forces"
    assert home.kind == "State forces"


def test_the_militants_are_the_only_group_named() -> None:
    """One named group takes over "the militants"; two leave them unnamed."""
    lexicon = actors.load()
    clause = "The militants killed two soldiers"
    mentions = actors.read_actors(clause, lexicon)
    one = actors.document_actors(actors.read_actors("Boko Haram is active", lexicon), "NG")
    two = actors.document_actors(actors.read_actors("Boko Haram and ISWAP are active", lexicon), "NG")
    (named,) = actors.roles(clause, mentions, (14, 20), document_actors=one).perpetrator
    (unnamed,) = actors.roles(clause, mentions, (14, 20), document_actors=two).perpetrator
    assert (named.name, named.inferred) == ("Boko Haram", True)
    assert unnamed.name == UNID


def test_passive_can_be_told() -> None:
    """The caller's knowledge of the voice overrules the words."""
    clause = "Rebels killed near the border"
    mentions = actors.read_actors(clause, actors.load())
    found = actors.roles(clause, mentions, (7, 13), passive=True)
    assert [one.name for one in found.target] == [UNID]


@pytest.mark.parametrize(
    ("clause", "trigger"),
    [
        ("Al Shabaab said its fighters killed an Al Shabaab judge", "killed"),
        ("ELN rebels killed a commander of the ELN", "killed"),
        ("Gunmen attacked other gunmen", "attacked"),
    ],
)
def test_no_party_stands_on_both_sides(clause: str, trigger: str) -> None:
    """A party that did it is never also the one to whom it was done."""
    found = sides(clause, trigger)
    assert not {one.id or one.name for one in found.perpetrator} & {
        one.id or one.name for one in found.target
    }
