"""The small words and the non-people that the toll grammar knows.

Owns: sets of lower-cased words. Refuses: grammar, and the nouns of people (``tolls_people``).
"""

from dateline.incidents.sentences import bag

#: Nouns of people that also stand as adjectives; they count as people only at the end of a phrase.
ADJECTIVES = bag(
    """
    private general major marine local national official native foreign human black minor adult male
    female juvenile family chief head leading lay secretary representative police rebel guerrilla
    civilian military couple student suspect
    """
)


#: Plurals in -ers and -ors that are no persons; others are taken for such ("squatters").
THINGS_IN_ERS = bag(
    """
    computers containers bunkers trailers tractors detonators transformers reactors motors scooters
    quarters papers letters numbers orders meters metres counters launchers mortars helicopters
    choppers bulldozers excavators generators headquarters posters silencers chargers lighters
    boosters freighters tankers cylinders firecrackers borders rivers towers powers members' dollars
    centers offers matters others chapters floors doors sectors errors factors visors colors tumors
    rumors odors flavors mirrors corridors cancers fevers dinners servers drawers carriers cruisers
    destroyers rollers cookers speakers printers revolvers hammers crackers triggers timers sensors
    stickers ladders trawlers coolers shutters dumpers tippers loaders diggers earthmovers steamers
    ferries
    """
)


#: Endings of words that are no persons, after "a police …".
THING_ENDINGS = (
    "tion",
    "ment",
    "age",
    "ency",
    "ance",
    "ing",
    "ity",
    "ship",
    "force",
    "team",
    "party",
    "unit",
    "ed",
    "ure",
    "source",
)


#: Bodies whose name after "members of" tells what the members are.
BODY_KINDS = {
    "army": "soldiers", "military": "soldiers", "navy": "soldiers", "forces": "soldiers", "regiment": "soldiers",
    "battalion": "soldiers", "brigade": "soldiers", "troops": "soldiers", "police": "police", "gendarmerie": "police",
    "guerrilla": "militants", "rebel": "militants", "group": "militants", "taliban": "militants", "gang": "militants",
    "watch": "civilian", "vigilance": "civilian", "neighbourhood": "civilian", "neighborhood": "civilian",
    "front": "militants", "militia": "militants", "militias": "militants", "cell": "militants", "cartel": "militants",
    "family": "civilian", "community": "civilian", "tribe": "civilian", "public": "civilian", "union": "civilian",
}  # fmt: skip


#: Counted, but not people: a number before one of these is no toll.
NOT_PEOPLE = bag(
    """
    attack attacks assault assaults strike strikes airstrike airstrikes raid raids operation
    operations mission missions sortie sorties incident incidents case cases clash clashes battle
    battles ambush ambushes bombing bombings explosion explosions blast blasts shooting shootings
    murder murders killing killings kidnapping kidnappings abduction abductions arrest arrests
    vehicle vehicles car cars truck trucks lorry bus buses van vans motorcycle motorcycles motorbike
    motorbikes tank tanks boat boats ship ships helicopter helicopters aircraft plane planes drone
    drones jeep jeeps house houses home homes building buildings shop shops store stores school
    schools village villages town towns city cities province provinces district districts region
    regions country countries nation nations base bases post posts checkpoint checkpoints hideout
    hideouts camp camps bridge bridges tower towers weapon weapons rifle rifles gun guns pistol
    pistols rocket rockets missile missiles shell shells bomb bombs grenade grenades mine mines
    landmine landmines round rounds bullet bullets shot shots explosives magazine second seconds
    minute minutes hour hours day days night nights week weeks month months year years decade
    decades time times percent percentage kilometer kilometers kilometre kilometres km mile miles
    meter meters metre metres kilogram kilograms kg pound pounds ton tons tonnes tonne gram grams
    litre litres acre acres dollar dollars euro euros peso pesos rupee rupees pesetas million
    billion vote votes seat seats point points goal goals game games match matches percent% animal
    animals cow cows goat goats sheep camel camels dog dogs horse horses cattle bird birds chicken
    chickens pig pigs elephant elephants fish wolf wolves tiger leopard group groups party parties
    organization organizations organisation company companies bank banks battalion battalions
    brigade brigades division divisions regiment unit units platoon squad column front fronts
    account accounts count counts charge charges injuries deaths fatalities wounds reports report
    way ways reason reasons thing things place places side sides area areas part parts occasion
    occasions block blocks street road avenue floor room apartment site sites position positions
    target targets bill law deal plan plans program project projects job jobs hopes hope plot chance
    threat threats blow number figure total statement note letter message call calls piece pieces
    item items tree trees victory device devices bag bags box boxes cell cells wave series string
    spate storm earthquake flood fire fires crash accident virus disease cancer
    """
)


PREPOSITIONS = bag(
    """
    in on at of from by near to for with within during after before around inside outside across
    along under over between through into onto against among amid despite since until without upon
    off via including about above below behind beside beneath beyond per throughout toward towards
    while when where as than because if though although but who whom whose which that whether so
    """
)


#: Words at which a phrase of people ends.
STOPS = PREPOSITIONS | bag(
    """
    a an and or nor is are was were be been being am get gets got getting has have had having do
    does did will would shall should can could may might must not n't also later yesterday today
    tonight tomorrow ago earlier then there here instantly still since again too both either neither
    it its he she they we i you him her them us me his their our my your this these those monday
    tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december last early late next said says told reported reports say
    dead alive missing lost found left leaving remained remain went go died die dies kill kills
    killed killing injured wounded injuring wounding hurt shot abducted kidnapped arrested detained
    freed released taken held captured rescued succumbed perished sustained suffered received suffering sustaining receiving
    seriously critically badly severely slightly fatally mortally lightly according reportedly
    allegedly traveling travelling carrying belonging identified named aged suspected
    """
) - bag("suspected her his their")


#: Names of armed groups: a commander or member of one is no soldier.
ARMED_NAMES = bag(
    """
    hezbollah hizbullah hamas taliban ttp isis isil daesh qaeda shabaab shabab boko iswap jnim eln farc
    houthi houthis maoist maoists naxal m23 adf pkk rsf rebel rebels insurgent insurgents militant
    militants guerrilla guerrillas jihadist jihadists terrorist terrorists militia
    """
)


STATE_GUARDS = bag("paramilitary army military border presidential national republican coast")


BE = bag("is are was were be been being get gets got getting 're")


HAVE = bag("has have had having")


ADVERBS = bag(
    """
    also reportedly allegedly seriously critically badly severely slightly fatally mortally lightly
    later then still all both either subsequently instantly already again too not yet believed
    feared confirmed presumed apparently initially immediately soon accidentally brutally officially
    now since first each deliberately thus previously earlier recently just nearly almost only even
    themselves gravely grievously moderately mildly superficially simultaneously tragically brutally
    violently savagely mercilessly illegally unlawfully forcibly briefly secretly randomly mysteriously
    physically to have known said reported thought
    """
)


TITLES = bag(
    """
    gen gen. col col. lt lt. capt capt. maj maj. sgt sgt. cpl brig judge president general colonel
    major captain lieutenant sergeant corporal commander officer minister mayor governor senator
    deputy father bishop archbishop priest doctor dr dr. mr mr. mrs mrs. ms ms. journalist professor
    engineer inspector constable chief leader congressman monsignor sheikh sheik mullah maulana imam
    prince king businessman magistrate attorney lawyer candidate ambassador consul
    """
)


#: Capitalised words that name bodies, not persons.
BODIES = bag(
    """
    army police force forces group front state government party committee council union brigade
    brigades battalion division navy air ministry military militia militias taliban isis isil daesh
    hamas hezbollah un us usa eu nato coalition guard guards islamic national united people's
    liberation movement organization organisation agency court city province district county north
    south east west republic al-shabaab al-qaeda boko haram farc eln fmln monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september
    october november december the a an it he she they we i this that these those there who which and
    but or in on at some many several no one two three four five six seven eight nine ten its their
    his her both all others more most what when where how why if as after before according meanwhile
    however attack fire blast two-thirds nobody none everyone anyone someone everybody democratic
    syrian iraqi afghan israeli palestinian
    """
)
