"""Furniture of English stories: bylines, credits, captions, embeds; and what looks alike in all languages.

Owns rows. Each is kept from real sentences by its mode, its place and its number of words;
``tests/golden/clean`` holds lines that each kind takes and lines that it must leave.
"""

from dateline.text.rules import Mode, Rule, Where, row

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
)
_CLOCK = r"(?:(?:at|@)? ?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?(?: ?\(?(?:[A-Z]{2,4}|local time)(?: ?[+-]\d{1,4})?\)?)?)"
_DAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,? ?)"
_STAMP = rf"{_DAY}?{_DATE}(?:[ ,|/·•–-]{{0,4}}{_CLOCK})?"
_PERSON = r"(?-i:[A-Z\u00c0-\u024f][\w'.\-]*)(?: (?:(?-i:[A-Z\u00c0-\u024f][\w'.\-]*)|al-\w+|el-\w+|de|del|da|van|von|der|den|bin|ibn|la|le)){1,4}"
_PEOPLE = rf"{_PERSON}(?:(?:,| and| &|,? with| /| \|){{1,2}} {_PERSON}){{0,5}}"
#: A sketch of the author tells of no violence; a reporter who was shot is news.
_HARMLESS = r"(?!.{0,300}\b(?:kill|murder|shot|arrest|kidnap|abduct|died|dead|detain|attack|jail|wound|injur|missing))"

CREDITS: tuple[Rule, ...] = (
    row(
        "byline",
        "en",
        rf"(?:written |reported |posted |published |updated |compiled |story |words |text |article |report )?by:? {_PEOPLE}(?:[ ,|/·•(–-]{{1,4}}(?-i:[A-Z])[\w .,&'-]{{1,50}}\)?)?(?:[ ,|/·•–-]{{1,4}}(?:on )?{_STAMP})?",
        r"(?:author|reporter|correspondent|writer|journalist|editor|contributor|posted by|published by|about the authors?)s?(?: ?[:|–-] ?.{1,60})?",
        rf"{_PERSON}(?:,| \|| -| –| —|/) ?(?:the )?(?:associated press|ap|afp|reuters|bbc(?: news)?|cnn|agencies|agence france-presse|staff(?: writers?| reporters?)?|correspondent|staff|senior .{{1,30}}|(?:\w+ ){{0,3}}(?:editor|reporter|correspondent|writer|contributor|journalist|columnist))(?:[ ,|/·•–-]{{1,4}}.{{0,40}})?",
        r"by (?:the )?(?:associated press|ap|afp|reuters|our (?:correspondents?|reporters?|staff).{0,30}|staff (?:writers?|reporters?)|news desk|web desk|agencies|admin|editor|[a-z ]{1,20}(?:staff|reporter|correspondent|news desk|agency|bureau))(?:[ ,|/·•–-]{1,4}.{0,50})?",
        r"(?:the )?(?:associated press|afp|reuters|agencies|agence france-presse|staff (?:writer|reporter|report)|web desk|news desk|our (?:correspondent|reporter|staff reporter)|from our correspondent|special correspondent)",
        max_words=16,
    ),
    row(
        "credits",
        "en",
        r"\(?(?:additional |further )?(?:reporting|writing|editing|compiled|translated|edited|produced|writing and reporting|reporting and (?:writing|editing))(?: by|:) (?-i:[A-Z]).{1,300}",
        r"\(?(?:additional|further) (?:reporting|research|editing|writing|inputs?) (?:by|from|in) .{1,200}",
        rf"(?:photography|graphics?|research|video|translation|photos?|pictures?|text|words|story|produced|filmed|camera|maps?):? by:? {_PEOPLE}(?:.{{0,40}})",
        r"\(?with (?:inputs?|reporting|agency inputs|additional reporting|files|contributions?|information) (?:from|by) .{1,140}",
        r"\(?with (?:agenc(?:y|ies)|ap|afp|reuters|pti|ani|wires?)(?: (?:inputs?|reports?))?",
        r"this (?:story|article|piece|post|text|dispatch|interview|item)(?: also)? (?:originated (?:in|at|with|from)|(?:originally |first )*(?:appeared|ran|aired)|was (?:first |originally |initially |also )*(?:published|posted|produced|written|reported|broadcast|translated|adapted|compiled|provided|updated|reproduced|republished|syndicated|contributed)|is (?:republished|reproduced|published|part of|provided|courtesy|syndicated|auto|taken from)|has been (?:updated|corrected|republished|published|edited|adapted|translated|amended))\b.{0,200}",
        r"(?:this|the) (?:story|article|report|piece|post|dispatch|interview) (?:(?:was )?(?:originally|first) (?:published|posted|appeared|ran|aired|broadcast)|originated (?:in|at|with|from)|originally (?:published|appeared))\b.{0,140}",
        r"the post .{3,160} appeared first on .{2,80}",
        r"(?:originally|first) (?:published|posted|appeared|broadcast|aired)(?: (?:by|on|in|at|as|:)).{0,120}",
        r"\(?(?:this|the|except for the) (?:story|article|report|headline|copy|post|news)[, ].{0,40}(?:has not been|was not|hasn't been) (?:edited|created).{0,140}",
        r"(?:re-?published|re-?posted|reproduced|reprinted|used)(?: here)? (?:with|by|from|courtesy|under) .{0,20}(?:permission|licen[cs]e|courtesy|arrangement).{0,90}",
        r"courtesy (?:of|:) .{1,60}",
        r".{1,80} contributed (?:to this (?:report|story|article)|reporting)(?: from .{1,60})?",
        r"\(?(?:associated press|ap|afp|reuters|bbc)(?: (?:writers?|reporters?|journalists?|correspondents?)) .{1,140} contributed.{0,80}",
        max_words=45,
    ),
    row(
        "author_bio",
        "en",
        r".{0,200}\b(?:follow|find|reach|contact|e-?mail|tweet) (?:him|her|them|me|the author|the writer|the reporter)(?: (?:on|at|via|by) (?:twitter|x|facebook|instagram|linkedin|e-?mail|threads|bluesky)|.{0,30}@\w).{0,120}",
        rf"{_PERSON} is (?:an?|the|our) (?:\w+[ -]){{0,6}}(?:journalist|reporter|correspondent|staff writer|columnist|freelancer|freelance writer|contributor|contributing writer|editor|bureau chief|author|fellow|analyst|producer|intern|blogger)\b{_HARMLESS}.{{0,300}}",
        rf"{_PERSON} (?:covers|reports on|writes (?:about|on|for)|has (?:covered|reported|written) (?:for|about|on)){_HARMLESS} .{{1,260}}",
        r"about (?:the )?(?:author|writer|contributor|us)s?(?! of\b).{0,60}",
        r"the (?:writer|author) is .{1,200}",
        where=Where.TAIL,
        max_words=70,
    ),
    row(
        "disclaimer",
        "en",
        r"(?:the )?(?:views|opinions)(?:,? (?:and|or|&) \w+)? (?:expressed|contained|presented|stated)(?: (?:here|herein|in this|are (?:those|solely|his|her|the|my|their)))\b",
        r"do(?:es)? not (?:necessarily )?(?:reflect|represent) the (?:\w+ ){0,4}(?:views|opinions|position|policy|stance)",
        r"auto-?generated from a syndicated feed",
        r"this (?:post|article|story) (?:may contain|contains) affiliate links",
        r"we may (?:earn|receive) (?:a |an affiliate )?commission",
        mode=Mode.PART,
        max_words=70,
    ),
    row(
        "copyright",
        "*",
        r"(?:©|&copy;|copyright ?(?:©|\(c\)|&copy;|(?:19|20)\d\d|notice|:|by )|\(c\) ?(?:19|20)\d\d).{0,200}",
        r".{0,60}(?:©|&copy;|\(c\)) ?(?:19|20)\d\d.{0,120}",
        r"(?:all )?rights reserved.{0,80}",
        mode=Mode.WHOLE,
        max_words=40,
    ),
    row(
        "copyright",
        "en",
        r"all rights reserved",
        r"may not be (?:published|reproduced|copied|republished|used)[, ].{0,90}(?:broadcast|redistribut|rewritten|permission|written consent|distributed|transmitted)",
        r"(?:licensed|published|available|distributed|released) under (?:a|the|an) .{0,30}(?:creative commons|cc[- ]by|licen[cs]e)",
        r"creative commons (?:attribution|licen[cs]e)",
        r"reproduction (?:in whole|of this|without|prohibited|or distribution)",
        r"(?:no part of|unauthori[sz]ed (?:use|reproduction|copying|distribution))",
        mode=Mode.PART,
        max_words=90,
    ),
    row(
        "timestamp",
        "en",
        rf"(?:(?:first |originally |last |date |posted |published |updated |modified |created |issued |filed )*(?:published|posted|updated?|modified|created|issued|filed|date|on)?(?: on| at| in)?[ :|–-]{{0,3}})?{_STAMP}(?:[ ,|/·•(–-]{{1,4}}(?:(?:last |first )?(?:updated?|published|posted|modified)(?: on| at)?:? ?)?{_STAMP}\)?| ?[|·•-] ?[\w ]{{1,25}})?",
        r"(?:last |first )?(?:updated?|published|posted|modified)(?: on| at)?:? ?(?:\d+|an?|one|a few) ?(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year|[smhdw])s? ?ago(?: .{0,40})?",
        r"(?:\d+|an?|one|a few) ?(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year|[smhdw])s? ?ago",
        rf"(?:last |first )?(?:updated?|published|posted|modified)(?: on| at)? ?:? ?{_CLOCK}(?:.{{0,30}})?",
        rf"{_DAY}?{_CLOCK}",
        rf"{_DAY}{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?",
        r"(?:just now|yesterday|today)",
        max_words=18,
    ),
)

EMBEDS: tuple[Rule, ...] = (
    row(
        "photo_credit",
        "*",
        r"(?:(?:file|representational?|representative|illustrative|stock|archive|cover|featured|handout|courtesy|undated) ?)?(?:photo(?:graph)?s?|images?|pictures?|pic|photo illustration|illustration|video|graphic|map|screen ?(?:shot|grab)|credit)(?: ?(?:credits?|courtesy|source|by|from|via|copyright|caption|file|©))*(?: ?[:|/]| [–-]| (?:by|courtesy|via)(?= )) ?.{1,90}",
        r"\(?(?:getty images?|afp|reuters|ap(?: photo)?|epa|xinhua|anadolu(?: agency)?|shutterstock|istock(?:photo)?|wikimedia(?: commons)?|file(?: photo)?|pti|ani|handout)(?!\w)(?: ?(?:/|via|,|-|\|)(?=[ \w]))?(?:(?: |(?<=/))[\w.'-]{1,30}){0,5}\)?",
        r"(?:ap|afp|reuters|epa|getty images) ?(?:photo|file|images?)? ?/ ?.{1,60}",
        r".{1,50}(?:/|via |for )(?:getty images|afp|reuters|ap|epa|bloomberg|shutterstock|the new york times|anadolu)(?: ?(?:file|photo|images|news))?",
        r"(?:image|photo|picture|file|video) (?:caption|copyright|source|credit|by)\b.{0,120}",
        max_words=14,
        full_stop=False,
    ),
    row(
        "caption",
        "*",
        r"(?:file(?:[ -]?(?:photo|picture|pic|image|photograph))?|photo|image|image caption|caption|above|pictured)(?: ?:| [-–—]).{20,600}",
        r"(?:in this (?:\w+ ){0,3}(?:photo(?:graph)?|image|picture|frame ?grab)|(?:this|an?|undated) (?:file|handout|undated|aerial|satellite|combination|screen ?grab|framegrab) (?:photo(?:graph)?|image|picture))\b.{20,600}",
        r".{20,600}[\[(](?:file: ?)?(?:photo|image|picture|credit|courtesy|photograph)s?\b.{0,80}[\])]\W*",
        r".{20,600}[\[(][^\[\]()]{2,50}(?:/|, | via )(?:reuters|ap\b(?: photo)?|afp|epa|getty(?: images)?|anadolu.{0,14}|al jazeera|xinhua|shutterstock|bloomberg|the new york times)(?: photo| images| file)?[\])]\W*",
        r".{20,600}[\[(](?:ap|afp|reuters|epa|getty|file)\b(?: photo| images?| file)?(?: ?[/:] ?.{0,60})?[\])]\W*",
        r".{20,600}\. (?:reuters|ap photo|afp|epa)/.{2,60}",
        r".{20,600}[.)] ?(?:photo(?:graph)?|image|picture|credit|photo credit|image credit): .{2,60}",
        max_words=70,
        is_caption=True,
    ),
    row(
        "email_protection",
        "*",
        r".{0,60}\[e-?mail(?:\xa0| )protected\].{0,60}",
        r".{0,40}this e-?mail address is being protected from spam ?bots\..{0,90}",
        r"[\w.+-]{1,60}@[\w-]{1,40}\.[\w.]{2,20}",
        r"e-?mail ?: ?[\w.+-]{1,60}@[\w-]{1,40}\.[\w.]{2,20}",
        max_words=25,
    ),
    row(
        "embedded_post",
        "*",
        r"(?:pic\.twitter\.com|t\.co|twitter\.com|x\.com)/\S+",
        r"[—–-]{1,2} ?.{1,80}\(@\w{1,30}\).{0,60}",
        r".{1,60}\(@\w{1,30}\) ?.{0,40}\d{4}",
        r"view (?:this |the )?(?:post|tweet|photo|video)?(?: |on|more)*(?:on|from|in) (?:instagram|twitter|x|facebook|threads|tiktok|telegram|youtube)",
        r"a (?:post|photo|video|reel) shared by .{1,120}",
        r"(?:this )?(?:tweet|post|video) (?:from|by) @?\w+.{0,60}",
        r"(?:replying to|retweeted|in reply to) @\w+.{0,60}",
        r"@\w{2,30}",
        r"(?:twitter|facebook|instagram|youtube|tiktok)(?: embed| post)(?: .{0,40})?",
        max_words=22,
    ),
    row(
        "tags",
        "*",
        r"(?:[,|·•/ ]*#[\w\u0600-\u06ff]+)+",
        r"(?:tags?|tagged(?: (?:as|with|in|under))?|topics?|keywords?|categor(?:y|ies)|filed under|posted in|labels?|sections?|in this story|more on|related (?:tags|topics)|associated (?:topics|tags)|countr(?:y|ies)|subjects?|news ?groups?|story filed in|read more about|see also) ?[:|»] ?.{1,200}",
        r"(?:tags?|topics?|keywords?|categories|filed under|posted in|labels?)",
        max_words=40,
        full_stop=False,
    ),
    row(
        "live_blog",
        "en",
        r"live(?: (?:updates?|blog|coverage|now|feed|reporting|tv|news))?(?: ended)?",
        r"key (?:events?|moments|points|developments|updates)(?: \(\d+\))?",
        r"show key events only",
        r"(?:please )?(?:turn on javascript|refresh (?:the |this )?page).{0,60}",
        r"(?:new|latest|recent|see new|\d+ new) (?:updates?|posts?)",
        r"(?:follow|read) (?:our |the |all )?(?:the )?live (?:updates?|blog|coverage).{0,80}",
        r"(?:this|our|the) live (?:blog|coverage|page|updates) (?:is|has|have) (?:now )?(?:closed|ended|finished).{0,100}",
        r"(?:oldest|newest|latest) first",
        r"pinned(?: post)?",
        r"(?:updated|posted) at \d.{0,25}",
        r"share updated at .{1,30}",
        r"that's (?:all|it) (?:from|for) (?:us|now|today).{0,60}",
        max_words=20,
    ),
    row(
        "transcript",
        "en",
        r"(?:full |rush |read the |episode |show |video |interview )*transcript(?:s)?(?: .{0,30})?",
        r"[\[(](?:music|applause|laughter|crosstalk|inaudible|cheering|silence|unintelligible|sound ?bite|end video ?(?:clip|tape)|begin video ?(?:clip|tape)|commercial break|foreign|speaking .{1,30}|in .{1,20})[^\])]{0,40}[\])]",
        r"(?:.{0,40} )?transcripts? (?:are|is) (?:created|provided|available|produced|generated)\b.{0,200}",
        r"(?:this is a )?(?:rush|machine|auto|computer)[- ]?(?:generated )?(?:transcript|translation).{0,160}",
        r"accuracy and availability (?:of .{1,30} )?may vary.{0,160}",
        r"(?:the )?(?:authoritative|official) record of .{1,120}(?:audio|recording|program).{0,60}",
        max_words=60,
    ),
    row(
        "contact",
        "en",
        r"(?:contact|reach|write to|e-?mail|call|send (?:us|your).{1,30} (?:to|at)) (?:us|the (?:author|editor|newsroom|reporter)|our (?:newsroom|team|editors?))\b.{0,100}",
        r"(?:do you have|have|got) (?:a |any |an )?(?:news |story |confidential |more )?(?:tips?|story|stories|information|question|comment|correction).{0,30}\?.{0,160}",
        r"(?:to )?(?:contact|reach) the (?:reporter|editor|author)s? .{0,120}",
        r"(?:for )?(?:media|press|further|more) (?:enquiries|inquiries|contacts?)\b.{0,160}",
        r"for (?:further|more) (?:information|details),? (?:please )?(?:contact|visit|call|see|e-?mail|go to|click).{0,160}",
        r"(?:if you have|you have) (?:a|any) (?:news )?(?:tip|story|correction).{0,160}",
        r"(?:tel|phone|fax|telephone|mobile) ?[.:] ?[\d +()./-]{5,40}",
        max_words=40,
    ),
)

ROWS: tuple[Rule, ...] = (*CREDITS, *EMBEDS)
