"""Words that look like an incident and are none, and words that take one back.

Owns threats, plans, denials, habits, sport, markets, courts, films, accidents and disasters.
Refuses the tactic (``triggers``) and the class of a mention (``classes``). The patterns run over a
lower-cased sentence; each stands for one kind of refusal, named in its test.
"""

import re
from functools import lru_cache

from dateline.incidents.anchored import Anchored, Sieve
from dateline.incidents.record import Assertion

_IDIOMS = (
    r"\b(?:heart attacks?|panic attacks?|asthma attacks?|shark attacks?|cyber-?\s?attacks?|ransomware|hackers?|"
    r"phishing|verbal attacks?|personal attacks?|attack on goal|shots? on (?:goal|target)|penalty shoot-?out|"
    r"shootout win|price wars?|trade wars?|bidding war|war of words|bombshell|box[- ]office|blockbuster|"
    r"video ?games?|photo ?shoots?|film shoots?|shooting (?:star|guard|percentage)|from the field|free throws?|"
    r"home runs?|touchdowns?|goalkeepers?|strikers?|midfielders?|wickets?|innings|batsm[ae]n|batters?|bowlers?|bowled|top-scored|cricket|(?:pace|bowling|seam|spin) attack|shot out for|quarterbacks?|rebounds?|playoffs?|"
    r"tournament|championship|premier league|semi-?finals?|quarter-?finals?|fired (?:the )?(?:coach|manager|ceo)|"
    r"hostile takeover|takeover bid|stock exchange|shareholders?|air ?bags?|dead heat|deadlock|dead-?line|"
    r"brainstorm|storm of protest from|computer virus|lost (?:his|her) (?:battle|fight) with|battle (?:with|against) "
    r"(?:cancer|malaria|inflation)|killer whales?|(?:wild|bush|forest) ?fires?|target price|price target|"
    r"abandoned (?:the )?(?:plan|talks|bid|effort)|under fire (?:for|over|from critics)|blasted (?:off|the "
    r"(?:government|decision|media))|hunger strike ended|labou?r strike|crash diet|dressing room|"
    r"chess|olympics?|world cup|album|box office|novel|movie|sitcom|thriller|screenplay|actors?|actress|starring|"
    r"derby|boxer|boxing|knockout|champions?|on the pitch|the coach|late goal|injury time|half-time|referee|internet explorer|malware|"
    r"by-?elections?|polled [\d,]+ votes|(?:captur|seiz|win|won|los|lost|retain|contest|held|tak|took)\w* (?:\w+ ){0,5}?seats?)\b"
)
_FICTION = (
    r"\b(?:films?|movies?|novels?|tv series|television series|drama series|documentary|fictional|plot of|"
    r"screenplay|playstation|xbox|gamers?)\b"
)
_COURT = (
    r"\b(?:sentenced|sentencing|convicted|conviction|found guilty|pleaded|pleads|plea|on trial|trial|"
    r"retrial|jur(?:y|ors)|verdict|acquitted|appeal(?:ed|s)? court|court of appeals?|tribunal|extradit\w+|"
    r"indict(?:ed|ment)|lawsuit|charged (?:\w+ ){0,4}with|life imprisonment|death sentence|"
    r"death penalty|executed by (?:lethal|hanging)|testif(?:y|ied)|defen[cs]e (?:lawyer|attorney)s?|"
    r"arraign\w+|inquest|judges? (?:ruled|ordered|said)|years in (?:prison|jail)|imprisonment|prosecution|"
    r"jailed for|sued|suing|parole|released on bail|(?<!outside a )(?<!outside the )(?<!near the )court)\b"
)
_MEMORIAL = (
    r"\b(?:anniversar\w+|commemorat\w+|memorials?|remembrance|veterans?|museum|exhibition|century|centenary|"
    r"world war|second world war|first world war|wwii|cold war|holocaust|years? ago today|decades? ago|"
    r"civil war (?:era|ended)|history of)\b"
)
_ACCIDENT = (
    r"\b(?:accidents?|accidental(?:ly)?|crash(?:es|ed)?|collision|collided|derail\w*|overturned|capsized|sank after|"
    r"sinking of|gas (?:leak|cylinder|explosion|tank|main|canister)|boiler|short circuit|electrical fault|mine collapse|"
    r"collapsed|stampede|drown\w*|plane crash|fireworks?|chemical plant|refinery (?:fire|blast|explosion)|coal mine|"
    r"pit explosion|methane|engine failure|road accident|traffic|plunged|skidded|fell into|pile-?up|brakes)\b"
)
_DISASTER = (
    r"\b(?:earthquakes?|quakes?|tsunami|floods?|flooding|cyclones?|hurricanes?|typhoons?|tornado\w*|landslides?|"
    r"mudslides?|avalanches?|volcan\w+|lightning|drought|famine|epidemic|outbreak|cholera|ebola|virus|covid\w*|"
    r"coronavirus|pandemic|aids|influenza|flu|heat ?wave|wildfires?|malaria|measles|cancer)\b"
)
_BEASTS = (
    r"\b(?:mauled|turbulence|(?:attacked|bitten|killed|trampled|gored|stung) (?:to death )?by "
    r"(?:(?:an?|the|his|her|their|its|wild|stray|pet|family|two|three|swarm of) ){0,3}"
    r"(?:dogs?|pit ?-?bulls?|rottweilers?|bears?|crocodiles?|alligators?|elephants?|tiger|lion(?:ess)?|leopards?|"
    r"wolf|wolves|hippo\w*|bees|wasps|hornets|snakes?|sharks?|buffaloe?s?|bulls?|monkeys?|boars?))\b"
)
_ON_PURPOSE = (
    r"\b(?:militants?|rebels?|gunm[ae]n|terror\w*|bomb\w*|insurgents?|guerrillas?|maoists?|attack(?:ers?|ed)?|suicide|"
    r"airstrikes?|sabotage|shot|ambush\w*|shelling|grenades?|soldiers?|landmines?|ied|planted|detonated|dynamit\w*|explosives|rockets?|assassin\w*|kidnap\w*|armed)\b"
)
_HABIT = (
    r"\b(?:(?:they|militants|fighters|remnants|cells|insurgents|rebels|jihadists|guerrillas|which|who) (?:still |also )?"
    r"(?:carry out|stage|launch|mount|conduct|wage|operate|target|ambush|hide)|regularly|often|frequently|routinely|usually|normally|always|habitually|repeatedly|continues? to|"
    r"continued to|continuing to|tends? to|ha(?:s|ve) (?:recently )?(?:stepped up|intensified|increased|escalated|"
    r"been (?:fighting|waging|battling|attacking|targeting|carrying out|increasing|active|particularly active))|"
    r"stepped up|steps up|intensified (?:its|their)|increasingly|on the rise|almost daily|daily attacks|"
    r"every (?:day|week|month|year|night)|from time to time|in general|known for|accused of carrying out|"
    r"ha(?:s|ve) (?:been )?(?:claimed|carried out|launched|conducted) (?:numerous|many|several|dozens of|frequent|"
    r"hundreds of|a number of|scores of)|rampant|recurring|seasonal|typically|most of the|"
    r"has a history of|is notorious|are notorious|is responsible for|are responsible for)\b"
)
_PURPOSE_AHEAD = re.compile(
    r"(?:\b(?:could|(?<!in )(?<!on )(?<!of )(?<!\d )may(?!,| \d)|might|would|can(?!\W+bombs?)|cannot|should|must|will|shall|plan(?:ned|s|ning)? to|threat(?:en(?:ed|s|ing)?)?"
    r"(?: of| to)?|vow(?:ed|s)? to|plot(?:ted|ting)?(?: to)?|fear(?:ed|s|ing)?(?: of| a| an)?|risk of|in case of|if|unless|"
    r"possible|potential|imminent|prevent(?:ed|ing|s)?|avoid(?:ed|ing)?|deter|warn(?:ed|ing|s)? of|about to|attempt(?:ing)? to|"
    r"prepar(?:ed|ing) (?:to|for)|aimed at|trained to|order(?:ed)? to|ready to|capable of|ability to|refus(?:ed|ing) to|"
    r"call(?:ed|s|ing)? (?:for|on)|urg(?:ed|ing)|demand(?:ed|s|ing)?|promis(?:ed|e)|intend(?:s|ed)? to|propos\w+|"
    r"condemn(?:ed|s)? (?:any|all)|whether|against (?:any|all|future)|future|any|offered to|agreed to|decided to|"
    r"negotiat\w+|discuss(?:ed|ing)?|investigat\w+ (?:any|all))\b)(?:\W{1,3}\w+){0,2}\W{0,3}$"
)
_AS_A_REASON = re.compile(
    r"(?:\b(?:(?:retaliation|revenge|reprisals?|retribution) for|response to|reaction to|aveng(?:e|ing|ed)|"
    r"protest(?:s|ed|ing)? (?:against|over|at)|in connection with|investigat(?:e|es|ed|ing|ion|ions) (?:into|of)?|"
    r"anger (?:over|at)|outrage (?:over|at)|condemn(?:s|ed|ing|ation of)?|denounc(?:es|ed|ing)|mourn(?:s|ed|ing)?|"
    r"anniversary of|wanted (?:for|in)|questioned (?:about|over)|(?:days?|weeks?|months?|years?) after|reminiscent of|similar to|"
    r"involved in|involvement in|(?:role|part) in|charges of|guilty of|accused of being)"
    r"\b)(?:[^\w,;]{1,3}\w+){0,4}[^\w,;]{0,3}$"
)
_ON_RECORD = re.compile(
    r"\b(?:(?:was|were|is|are|been|being|allegedly|also) involved in|wanted (?:in|for)|"
    r"(?:cases?|offences?|crimes?|actions),? (?:including|such as|like|of))\b(?:[^\w.;]{1,3}\w+){0,14}[^\w.;]{0,3}$"
)
"""What somebody who is arrested or surrenders was involved in, or is wanted for, is told of the past."""

_ON_THE_HEELS = re.compile(
    r"^\W*(?:it|this|that|the (?:attack|raid|blast|ambush|incident|strike|bombing|killings?|violence)) (?:comes?|came|happened|occurred|follow(?:s|ed)?)"
    r" (?:just |only |barely |less than )?(?:\w+ )(?:days?|weeks?) after (?:\W{0,2}\w+){0,7}\W{1,3}$"
)
"""What "It comes four days after" leads up to is an event of its own, not the reason of another."""

_HEELS = Anchored(_ON_THE_HEELS.pattern.rpartition(r" after (?:")[0] + r" after\b")
_UNCHECKED = Anchored(
    r"\b(?:a (?:claim|figure|toll|number) (?:that|which|it)|claims? (?:that|which) (?:could|can|nobody|no one)|(?:could|can) ?not be (?:\w+ )?"
    r"(?:verified|confirmed|checked)|been able to (?:check|verify|confirm)|neutrali[sz]ed)\b"
)
_INFINITIVE = re.compile(r"\bto\W{1,2}(?:\w+ly\W{1,2})?$")
_NEGATED = re.compile(
    r"(?:\b(?:no|not|never|without|neither|nor|none|nobody|n[o’']t|denied|denies|denying|rejected|ruled out|lack of|"
    r"absence of|stop(?:ped)?|halt(?:ed)?|end(?:ed|ing)?(?: of| to)?|cease)\b)(?:[^\w,;]{1,3}\w+){0,3}[^\w,;]{0,3}$"
)
_NOT_NEGATED = re.compile(
    r"\b(?:not only|no (?:group|one|organi[sz]ation) (?:has |had )?(?:claimed|immediately))"
)
_FURNITURE = (
    r"^\W*(?:read (?:more|also|next)|also read|see also|related|full story|share this|photos?:|file photo|watch:|"
    r"video:|subscribe|sign up|follow us|copyright|more (?:on|from|news)|most read|recommended|editor[’']s note|"
    r"listen:|image:|credit:|source:|tags:|leave a reply|newsletter|advertisement|click here|top stories|trending)\b"
)
_QUESTION = r"^(?:how|why|what|who|when|where|is|are|can|could|should|will)\b[^.]*\?\W*$"
_FOILED = Anchored(
    r"\b(?:foiled|thwarted|averted|failed (?:attack|attempt|assassination)|attempted|attempt on|tried to|botched)\b"
)
_SUSPECT = Anchored(r"\b(?:suspected|believed to be|believed to belong|presumed|thought to be|suspicion)\b")
_ALLEGED = Anchored(r"\b(?:allegedly|alleged|accused|accuses|blamed|purported(?:ly)?|reportedly)\b")
_CLAIMED = Anchored(
    r"\b(?:claimed (?:responsibility|credit|to have|that (?:its|their|it|they))|claims? responsibility|"
    r"said (?:(?:\w+ ){0,8}that )?(?:its|their) (?:fighters|forces|men|militants)|claimed the|took responsibility|claimed having)\b"
)
_DENIED = Anchored(
    r"\b(?:denied|denies|denying|dismissed (?:the )?(?:reports?|claims?)|rejected (?:the )?(?:reports?|claims?))\b"
)


_TOLD = Sieve(
    {
        "idioms": _IDIOMS,
        "fiction": _FICTION,
        "court": _COURT,
        "memorial": _MEMORIAL,
        "accident": _ACCIDENT,
        "disaster": _DISASTER,
        "beasts": _BEASTS,
        "on_purpose": _ON_PURPOSE,
        "habit": _HABIT,
        "furniture": _FURNITURE,
        "question": _QUESTION,
    }
)


@lru_cache(maxsize=256)
def ordinary(low: str) -> str | None:
    """Return why a sentence is ordinary news in violent words (idiom, court, accident), or None."""
    if _TOLD.holds(low, "idioms") or _TOLD.holds(low, "fiction"):
        return "idiom"
    if _TOLD.holds(low, "court"):
        return "court"
    if _TOLD.holds(low, "memorial"):
        return "memorial"
    if _TOLD.holds(low, "beasts"):
        return "accident"
    if not _TOLD.holds(low, "on_purpose"):
        if _TOLD.holds(low, "accident"):
            return "accident"
        if _TOLD.holds(low, "disaster"):
            return "disaster"
    if _TOLD.holds(low, "furniture"):
        return "furniture"
    if _TOLD.holds(low, "question"):
        return "question"
    return None


def unchecked(low: str) -> bool:
    """Whether a sentence tells a side's count of its foes that nobody could check, or how many it "neutralised"."""
    return bool(_UNCHECKED.search(low))


def heels(low: str) -> bool:
    """Whether a sentence leads from one event back to another: "It comes four days after …"."""
    return bool(_HEELS.search(low))


def habitual(low: str) -> bool:
    """Whether a sentence tells what is done again and again, or is growing, rather than what was done."""
    return _TOLD.holds(low, "habit")


def unreal(low: str, start: int) -> bool:
    """Whether the words right before character ``start`` make what follows a plan, a threat, a denial or a reason."""
    before = low[max(0, start - 64) : start]
    if _ON_THE_HEELS.match(low, 0, start):
        return False
    if _PURPOSE_AHEAD.search(before) or _AS_A_REASON.search(before):
        return True
    if _ON_RECORD.search(low[max(0, start - 160) : start]):
        return True
    if _INFINITIVE.search(before) and re.match(r"\w+(?<!ed)\b", low[start : start + 30]):
        return True
    return bool(_NEGATED.search(before)) and not _NOT_NEGATED.search(low)


def assertion(low: str) -> Assertion:
    """Return how sure the telling is, by its gravest hedge."""
    if _DENIED.search(low):
        return "denied"
    if _FOILED.search(low):
        return "attempted"
    if _CLAIMED.search(low):
        return "claimed"
    if _SUSPECT.search(low):
        return "suspected"
    if _ALLEGED.search(low):
        return "alleged"
    return "reported"


_ONLY_CLAIMED = Anchored(
    r"\b(?:claim(?:ed|s|ing)? (?:\w+ ){0,2}?(?:responsibility|credit)|claim of responsibility|took responsibility|"
    r"condemn(?:ed|s|ing)?|blamed(?! on\b)|expressed (?:\w+ ){0,2}?condolences|investigat(?:e|ed|ing|ion)|vowed|mourn(?:ed|ing)?|"
    r"funeral|(?:was|were|been|be|are) (?:\w+ )?buried|burial)\b"
)


def tells_about(low: str) -> bool:
    """Whether a sentence tells who claims, condemns, mourns or looks into an event: it opens none by itself."""
    return bool(_ONLY_CLAIMED.search(low))


_POLITICAL = Anchored(
    r"\b(?:militants?|rebels?|insurgents?|guerr?ill?as?|terror\w*|extremists?|jihad\w*|maoists?|nax\w+|separatists?|"
    r"militia\w*|cadres?|activists?|opposition|protest\w*|demonstrat\w*|journalists?|soldiers?|explosives?|bombs?|bombers?|"
    r"bombings?|weapons|ammunition|grenades?|islamists?|cartel|insurgency|coup|subversives?|arms|rioters?|kidnap\w*|"
    r"hostages?|massacre|attack\w*|infiltrators?|paramilitar\w*|commander|gunm[ae]n|bandits?|strikers?|lwes?|rounds|pistols?|rifles?|firearms?|detonators?)\b"
)


def political(low: str) -> bool:
    """Whether an arrest is told with armed groups, weapons or protest; drink-driving is not."""
    return bool(_POLITICAL.search(low))


_SUSPECTS = Anchored(
    r"\b(?:in connection with|over the (?:attack|killing|shooting|bombing|blast|murder)|"
    r"(?:the|his|her|their) (?:alleged |suspected )?(?:suspects?|gunm[ae]n|shooters?|attackers?|assailants?|killers?|bombers?))\b"
)


def names_suspects(low: str) -> bool:
    """Whether an arrest is told as the sequel of a crime."""
    return bool(_SUSPECTS.search(low))
