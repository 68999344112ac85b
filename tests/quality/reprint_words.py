"""Words and sentences that the reprint recipe puts in: all of our own writing.

Owns lists. What is done with them stands in ``reprints``.
"""

FURNITURE = (
    "Sign up to our newsletter for the latest headlines every morning.",
    "Share this article with your friends and leave a comment below.",
    "Read more: five things to know today, and what our readers say.",
    "Follow us for breaking news, weather and sport from your region.",
    "You have two free articles left this month. Subscribe for full access.",
    "This page uses cookies to improve your visit and to measure our reach.",
    "Listen to this story in our app, or save it for later.",
    "Related: the week in pictures, and our long read of the month.",
    "Advertisement. The text goes on below.",
    "Got a tip for the newsroom? Write to the desk in confidence.",
    "Watch: our correspondent explains what happens next.",
    "Most read: the ten stories that our readers opened today.",
)

CREDITS = (
    "All rights reserved. This material may not be published, broadcast or rewritten.",
    "With inputs from agencies.",
    "This story was published from a wire agency feed without changes to the text.",
    "Reporting by our staff in the capital; editing by the night desk.",
    "Additional reporting by correspondents in the region.",
    "The headline of this report may have been reworked by our staff.",
    "Our standards: accurate, fair and free from bias.",
    "Copyright of the agency. Click here for restrictions.",
)

BYLINES = (
    "By A. Writer, 12:05 GMT",
    "By Staff Reporter",
    "From our own correspondent",
    "News Desk | Updated 3 hours ago",
    "J. Doe and M. Muster in the capital",
    "Published: 7:41 am",
)

CITIES = ("LONDON", "PARIS", "NAIROBI", "New Delhi", "GENEVA", "Lagos", "CAIRO", "Bogota", "WASHINGTON")

AGENCIES = ("(Reuters)", "(AP)", "(AFP)", "(Xinhua)", "(DPA)", "(EFE)", "(ANSA)", "(Agencies)", "(PTI)")

HEADLINES = (
    "{}: what we know so far",
    "{}, report says",
    "Live: {}",
    "{} - latest",
    "Officials comment on {}",
    "Questions after {}",
    "Explained: {}",
    "In brief: {}",
    "{} (update)",
)

SPELLINGS = {
    "color": "colour", "labor": "labour", "favor": "favour", "honor": "honour", "harbor": "harbour",
    "neighbor": "neighbour", "defense": "defence", "offense": "offence", "license": "licence",
    "center": "centre", "theater": "theatre", "meter": "metre", "liter": "litre", "program": "programme",
    "organize": "organise", "organization": "organisation", "recognize": "recognise", "realize": "realise",
    "privatization": "privatisation", "stabilize": "stabilise", "authorized": "authorised",
    "traveled": "travelled", "canceled": "cancelled", "fueled": "fuelled", "labeled": "labelled",
    "aluminum": "aluminium", "gray": "grey", "plow": "plough", "check": "cheque", "tire": "tyre",
    "catalog": "catalogue", "dialog": "dialogue", "jewelry": "jewellery", "skeptical": "sceptical",
    "toward": "towards", "among": "amongst", "while": "whilst", "learned": "learnt", "spelled": "spelt",
    "judgment": "judgement", "airplane": "aeroplane", "percent": "per cent", "analyze": "analyse",
}  # fmt: skip
"""American to British; the recipe uses both ways."""

NAMES = {
    "mohammed": "muhammad", "mohamed": "muhammad", "hussein": "husayn", "gaddafi": "qadhafi",
    "abdullah": "abdallah", "ahmed": "ahmad", "hassan": "hasan", "khomeini": "khomeyni", "kiev": "kyiv",
    "bombay": "mumbai", "peking": "beijing", "calcutta": "kolkata", "burma": "myanmar", "teheran": "tehran",
    "mecca": "makkah", "koran": "quran", "moslem": "muslim", "hezbollah": "hizbullah", "yusuf": "yousef",
    "omar": "umar", "osama": "usama", "saudi": "saoudi", "yasser": "yasir", "aleksandr": "alexander",
    "sergei": "sergey", "mikhail": "michail", "gorbachev": "gorbatchev", "jiang": "chiang",
    "dr": "doctor", "mr": "mister", "gen": "general", "col": "colonel", "co": "company", "corp": "corporation",
    "ltd": "limited", "inc": "incorporated", "govt": "government", "u.s.": "US", "u.k.": "UK", "u.n.": "UN",
}  # fmt: skip
"""Other spellings and long forms of names, both ways."""

HYPHENS = {
    "cease-fire": "ceasefire", "e-mail": "email", "co-operation": "cooperation", "on-line": "online",
    "web-site": "website", "year-end": "year end", "vice-president": "vice president", "so-called": "so called",
    "long-term": "long term", "short-term": "short term", "mid-day": "midday", "week-end": "weekend",
    "first-quarter": "first quarter", "full-time": "full time", "high-tech": "hi-tech", "take-over": "takeover",
    "buy-out": "buyout", "by-pass": "bypass", "world-wide": "worldwide", "car-bomb": "car bomb",
}  # fmt: skip

DIGITS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "twenty": "20", "thirty": "30", "first": "1st",
    "second": "2nd", "third": "3rd", "mln": "million", "bln": "billion", "pct": "percent", "dlrs": "dollars",
    "cts": "cents", "stg": "sterling", "january": "jan", "february": "feb", "september": "sept",
    "october": "oct", "november": "nov", "december": "dec", "monday": "mon", "tuesday": "tue",
}  # fmt: skip
"""Numbers, units and days in words and in short, both ways."""

SYNONYMS = {
    "said": "stated", "but": "however", "also": "too", "big": "large", "after": "following", "about": "around",
    "told": "informed", "last": "past", "people": "persons", "new": "fresh", "has": "had", "company": "firm",
    "police": "officers", "because": "since", "many": "numerous", "show": "reveal", "made": "produced",
    "help": "assist", "before": "prior to", "would": "could", "government": "administration",
    "report": "account", "year": "twelve months", "expected": "anticipated", "increase": "rise",
    "fell": "dropped", "rose": "climbed", "bought": "purchased", "buy": "purchase", "killed": "slain",
    "injured": "hurt", "attack": "assault", "began": "started", "near": "close to", "however": "though",
    "several": "various", "plan": "scheme", "talks": "negotiations", "agreed": "consented", "against": "versus",
    "country": "nation", "chief": "head", "house": "home", "major": "main", "get": "obtain", "says": "notes",
    "children": "kids", "film": "movie", "game": "match", "win": "victory", "quickly": "fast",
    "important": "significant", "problem": "difficulty", "used": "utilised", "found": "discovered",
    "market": "marketplace", "trade": "commerce", "added": "went on", "shares": "stock", "profit": "gain",
}  # fmt: skip

LETTERS = (("rn", "m"), ("m", "rn"), ("l", "1"), ("o", "0"), ("e", "c"), ("h", "b"), ("cl", "d"), ("S", "5"),
           ("i", "j"), ("u", "n"), ("t", "f"), ("B", "8"), ("w", "vv"), ("a", "o"))  # fmt: skip
"""What a reading machine takes one for the other."""
