"""Places are read and resolved as a reader would: a table of phrases, each with its place and precision."""

import pytest

from dateline.incidents import gazetteer
from dateline.incidents.places import country_place, document_places, read_places, resolve
from dateline.incidents.record import Place

WORLD = gazetteer.load()

# phrase | name | country | geo_precision | latitude | longitude (rounded to half degrees when checked)
TOWNS = (
    ("Two soldiers were killed in Hasakah, Syria", "Hasakah", "SY", 1, 36.5, 40.7),
    ("the town of En Nahud had been taken by fighters", "En Nahud", "SD", 1, 12.7, 28.4),
    ("in control of El Fasher in Sudan", "El Fasher", "SD", 1, 13.6, 25.3),
    ("in Rutshuru, DR Congo", "Rutshuru", "CD", 1, -1.2, 29.4),
    ("Troops left El Daein in East Darfur, Sudan", "El Daein", "SD", 1, 11.5, 26.1),
    ("Gunmen attacked a market in Timbuktu, Mali", "Timbuktu", "ML", 1, 16.8, -3.0),
    ("A bomb exploded in Maiduguri, Nigeria", "Maiduguri", "NG", 1, 11.8, 13.2),
    ("Shells hit the town of Bakhmut in Ukraine", "Bakhmut", "UA", 1, 48.6, 38.0),
    ("The army entered Al-Soukhna in Syria", "Al-Soukhna", "SY", 1, 34.9, 38.9),
    ("fighting in Deir el-Zour, Syria", "Deir el-Zour", "SY", 1, 35.3, 40.1),
    ("A car bomb went off in Mogadishu, Somalia", "Mogadishu", "SO", 1, 2.0, 45.3),
    ("Protesters marched in Khartoum, Sudan", "Khartoum", "SD", 1, 15.6, 32.5),
    ("in the village of Dibis, Kirkuk province", "Dibis", "IQ", 1, 35.7, 44.1),
    ("in the Anbar town of Rutba in Iraq", "Rutba", "IQ", 1, 33.0, 40.3),
    ("in the West Bank city of Jenin", "Jenin", "PS", 1, 32.5, 35.3),
    ("in Rafah, in the southern Gaza Strip", "Rafah", "PS", 1, 31.3, 34.2),
    ("An explosion in Quetta, Balochistan, Pakistan", "Quetta", "PK", 1, 30.2, 67.0),
    ("Police shot two people in Kisumu, Kenya", "Kisumu", "KE", 1, -0.1, 34.8),
    ("in Manbij, northern Syria", "Manbij", "SY", 1, 36.5, 38.0),
    ("in Bentiu in Unity State, South Sudan", "Bentiu", "SS", 1, 9.3, 29.8),
    ("Gunmen killed a judge in Medellin, Colombia", "Medellin", "CO", 1, 6.2, -75.6),
    ("Rebels seized Goma, Democratic Republic of Congo", "Goma", "CD", 1, -1.7, 29.2),
    ("a blast in Peshawar, Pakistan", "Peshawar", "PK", 1, 34.0, 71.6),
    ("in Tripoli, Lebanon", "Tripoli", "LB", 1, 34.4, 35.8),
    ("in Tripoli, Libya", "Tripoli", "LY", 1, 32.9, 13.2),
    ("in Cordoba, Argentina", "Cordoba", "AR", 1, -31.4, -64.2),
    ("in Hyderabad, Pakistan", "Hyderabad", "PK", 1, 25.4, 68.4),
    ("in Atlanta, Georgia, United States", "Atlanta", "US", 1, 33.7, -84.4),
    ("a mosque in Kunduz city in Afghanistan", "Kunduz", "AF", 1, 36.7, 68.9),
    ("Militants stormed Mocimboa da Praia in Mozambique", "Mocimboa da Praia", "MZ", 1, -11.3, 40.4),
    ("in Guatemala City, Guatemala", "Guatemala City", "GT", 1, 14.6, -90.5),
    ("A strike on a school in Khan Younis, Gaza", "Khan Younis", "PS", 1, 31.3, 34.3),
    ("Damascus University in Syria was hit", "Damascus", "SY", 1, 33.5, 36.3),
    ("A grenade was thrown in Bujumbura, Burundi", "Bujumbura", "BI", 1, -3.4, 29.4),
)
NEAR = (
    ("near the old town of Bosra in southern Syria", "Bosra", "SY", 2, 32.5, 36.5),
    ("not far from Butembo in eastern Congo", "Butembo", "CD", 2, 0.1, 29.3),
    ("in the countryside of Idlib in Syria", "Idlib", "SY", 2, 35.9, 36.6),
    ("on the edge of Dessie in Ethiopia", "Dessie", "ET", 2, 11.1, 39.6),
    ("15 km north of Menaka in northern Mali", "Menaka", "ML", 2, 15.9, 2.4),
    ("40 miles from Kandahar, Afghanistan", "Kandahar", "AF", 2, 31.6, 65.7),
    ("outside Mogadishu, Somalia", "Mogadishu", "SO", 2, 2.0, 45.3),
    ("west of Mosul, Iraq", "Mosul", "IQ", 2, 36.3, 43.1),
    ("on the outskirts of Aleppo, Syria", "Aleppo", "SY", 2, 36.2, 37.2),
    ("in the Ramadi desert in the Anbar countryside in Iraq", "Ramadi desert", "IQ", 2, 33.4, 43.3),
    ("on the Hama-Salamiyah road in Syria", "Hama", "SY", 2, 35.1, 36.8),
    ("between Gao and Kidal in Mali", "Gao", "ML", 2, 16.3, 0.0),
    ("close to Konduga in Nigeria", "Konduga", "NG", 2, 11.7, 13.4),
    ("near Jalalabad, Afghanistan", "Jalalabad", "AF", 2, 34.4, 70.4),
    ("around Djibo in Burkina Faso", "Djibo", "BF", 2, 14.1, -1.6),
    ("near the town of Al-Qaim on the Iraqi-Syrian border", "Al-Qaim", "IQ", 2, 34.4, 41.0),
    ("in Munger District of Bihar, India", "Munger", "IN", 2, 25.3, 86.5),
    ("in Jammu and Kashmir's Pulwama district", "Pulwama", "IN", 2, 33.9, 75.0),
)
AREAS = (
    ("in separate attacks in eastern Syria", "eastern Syria", "SY", 3, 34.8, 40.4),
    ("in northern Mali", "northern Mali", "ML", 3, 20.2, -4.2),
    ("in the Syrian desert", "Syrian desert", "SY", 3, 34.5, 38.5),
    ("in the Syrian desert", "Syrian desert", "SY", 3, 34.5, 38.5),
    ("in the Lake Chad basin", "Lake Chad basin", None, 3, 13.2, 14.1),
    ("in Homs province, Syria", "Homs", "SY", 3, 34.7, 36.8),
    ("in Borno state, Nigeria", "Borno", "NG", 3, 11.8, 13.2),
    ("in Zamfara, Nigeria", "Zamfara", "NG", 3, 12.3, 6.4),
    ("bandits in Niger state, Nigeria", "Niger", "NG", 3, 9.5, 6.2),
    ("in the Amhara region of Ethiopia", "Amhara", "ET", 3, 11.5, 38.3),
    ("in Helmand province, Afghanistan", "Helmand", "AF", 3, 31.8, 64.5),
    ("in North Kivu, eastern Congo", "North Kivu", "CD", 3, -0.7, 28.9),
    ("in the Cabo Delgado province of Mozambique", "Cabo Delgado", "MZ", 3, -12.3, 39.6),
    ("in Rakhine state, Myanmar", "Rakhine", "MM", 3, 20.0, 93.4),
    ("in Egypt's North Sinai", "North Sinai", "EG", 3, 30.8, 33.8),
    ("in the Gaza Strip", "Gaza Strip", "PS", 3, 31.4, 34.3),
    ("in Raqqa governorate, Syria", "Raqqa", "SY", 3, 35.9, 38.9),
    ("in the Darfur region of Sudan", "Darfur", "SD", 3, 13.0, 24.5),
    ("in the north of Mali", "north of Mali", "ML", 3, 20.2, -4.2),
    ("in Khyber Pakhtunkhwa, Pakistan", "Khyber Pakhtunkhwa", "PK", 3, 34.2, 71.8),
)
COUNTRIES = (
    ("in Syria", "SY"),
    ("across the DRC", "CD"),
    ("in Britain", "GB"),
    ("in the UAE", "AE"),
    ("in the United States", "US"),
    ("in Burma", "MM"),
    ("in Ivory Coast", "CI"),
    ("in South Sudan", "SS"),
)
NOWHERE = (
    "Karim Haddad told reporters in Tunis",
    "They threw Molotov cocktails",
    "said Williams, who saw it",
    "It was awful, Preston said",
    "the ELN claimed it",
    "the Kenya-based monitor said",
    "Iran-backed militias",
    "planes that had come from Latakia airport",
    "President Lincoln spoke",
    "Baghdad Post reported",
    "Paris Saint-Germain won",
    "Mr. Paris was arrested",
    "On Monday, March rains fell",
    "He was buried in Cairo",
    "a delegation from Homs",
    "It is Nice",
    "CAIRO (Reuters) - Nothing happened",
    "BEIRUT, Jan 3 (AP) — Three died",
    "The Russian airstrikes went on",
    "according to the Police",
    "in the Middle East",
    "Reading is good",
    "Mobile phones were seized",
    "a group with ties to Iran-linked militias",
    "a ceasefire agreed at a summit in Geneva",
    "John Lincoln said so",
    "Ahmed Karim was shot",
    "the railway that stretches to Dire Dawa",
    "along the border with Iraq",
    "SANA reported three deaths",
    "the ICC said",
)


def code(text: str, feed_country: str | None = None) -> Place | None:
    mentions = read_places(text, WORLD)
    return resolve(mentions, document_places([mentions], feed_country, WORLD), WORLD)


def test_the_tables_are_large() -> None:
    """A hundred phrases or more are held."""
    assert len(TOWNS) + len(NEAR) + len(AREAS) + len(COUNTRIES) + len(NOWHERE) >= 100


@pytest.mark.parametrize("row", TOWNS + NEAR + AREAS, ids=[row[0] for row in TOWNS + NEAR + AREAS])
def test_a_phrase_gives_its_place(row: tuple[str, str, str | None, int, float, float]) -> None:
    """Name, country, precision and coordinates (within half a degree) follow from the words."""
    phrase, name, iso2, precision, lat, lon = row
    place = code(phrase)
    assert place is not None
    assert (place.name, place.iso2, place.geo_precision) == (name, iso2, precision)
    assert abs((place.lat or 0) - lat) < 0.5
    assert abs((place.lon or 0) - lon) < 0.5
    assert place.text in phrase


@pytest.mark.parametrize(("phrase", "iso2"), COUNTRIES)
def test_a_country_alone_has_no_coordinates(phrase: str, iso2: str) -> None:
    """A country alone is named, but is no place of an event."""
    place = code(phrase)
    assert place is not None
    assert (place.iso2, place.lat, place.lon, place.geo_precision) == (iso2, None, None, None)


@pytest.mark.parametrize("phrase", NOWHERE)
def test_some_words_place_nothing(phrase: str) -> None:
    """Persons, papers, origins, datelines, borders and speakers' cities are no event's place."""
    assert code(phrase) is None


@pytest.mark.parametrize(
    ("opening", "iso2"), [("The Lebanese army attacked.", "LB"), ("Libyan forces fired.", "LY")]
)
def test_the_document_decides_between_namesakes(opening: str, iso2: str) -> None:
    """A town of many namesakes is the one in the country that the document is about."""
    sentences = [read_places(text, WORLD) for text in (opening, "Ten people died in Tripoli.")]
    document = document_places(sentences, None, WORLD)
    place = resolve(sentences[1], document, WORLD)
    assert document.main_country() == iso2
    assert place is not None
    assert place.iso2 == iso2


def test_a_district_decides_between_villages() -> None:
    """Of the villages of one name the one near the named district is meant; none far away is."""
    place = code("in Aurangabad district of Bihar in India")
    assert place is not None
    assert place.admin1 == "Bihar"


def test_the_feeds_country_is_a_weak_prior() -> None:
    """With nothing else to go by the feed's country chooses; words overrule it."""
    inside, outside = code("in Cordoba", "AR"), code("in Cordoba, Spain", "AR")
    assert inside is not None
    assert outside is not None
    assert (inside.iso2, outside.iso2) == ("AR", "ES")


def test_a_documents_country_is_inferred() -> None:
    """The country of the whole document is offered, marked as inferred, without coordinates."""
    mentions = read_places("Syrian troops and Syrian rebels fought.", WORLD)
    place = country_place(document_places([mentions], None, WORLD), WORLD)
    assert place is not None
    assert (place.iso2, place.inferred, place.lat) == ("SY", True, None)
    assert country_place(document_places([], None, WORLD), WORLD) is None


def test_capitals_are_read() -> None:
    """Newswire in capitals gives its places too, and its dateline is none."""
    place = code("BOGOTA, 3 JUN 89 (EFE) -- GUERRILLAS ATTACKED A POST IN VALLEDUPAR, COLOMBIA YESTERDAY")
    assert place is not None
    assert (place.name, place.iso2) == ("Valledupar", "CO")
