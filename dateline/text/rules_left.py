"""Furniture that a count of what is left in articles brought to light: tool bars, odd stamps and notes, addresses.

Owns rows in all our languages, for kinds that the modules of a language do not hold.
``tests/golden/clean`` holds lines that each kind takes and lines that it must leave.
"""

from dateline.text.rules import Mode, Rule, Where, row

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[., ]{1,3})"
_DATE = rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?[- ]{_MONTH}[-, ]{{1,2}}\d{{2,4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}})"
_CLOCK = r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d)?)? ?(?:[ap]\.?m\.?|h|hrs|uhr)?(?:[ (-]{1,4}[a-z]{2,4}\)?| (?-i:[A-Z])\w+ time)?)"
_STAMP = rf"{_DAY}?{_DATE}(?:[ ,;.|/·•∙–-]{{0,4}}(?:at )?{_CLOCK})?"
_NETWORK = r"(?:facebook|twitter|x|instagram|you ?tube|telegram|whats ?app|linkedin|tik ?tok|pinterest|threads|google news|github|bluesky|apple news|flipboard|social media|our social media (?:channels|pages))"
_NETWORKS = rf"{_NETWORK}(?:(?:,? and | & |, |/| \| | ){_NETWORK}){{0,7}}"
_TOOL = r"(?:e-?mail(?: (?:this|the|article|page|story|to a friend|newsletters?|toolbar))*|print(?:er|able)?[- ]?(?:friendly)?(?: (?:this |the )?(?:page|version|article|format|story))?|(?:subscribe to )?rss(?: feeds?)?|xml|feeds?|site ?map|archives?|feedback|contact(?: us)?|about(?: us)?|home|search|save(?: (?:&|and) share)?(?: this)?(?: article| story| page)?|write to (?:the )?editor|login|register|(?:back to )?news index|help|advertise(?: with us)?|digg(?: (?:this|it))?(?: story| article)?|(?:share|post|submit|add)(?: your)? comments?|(?:prev(?:ious)?|next) article|recommend(?: this)?(?: story| article)?|subscribe|newsletters?|discuss(?: this)?(?: story| article)?|bookmark(?: this)?(?: page| article| story)?|del\.icio\.us|stumble ?upon|reddit|facebook|twitter|\d+ votes? ?(?:recommend)?|text size|larger|smaller|permalink|send (?:this |it )?(?:story |article |page )?(?:to a friend)?|(?:ask a|letter to the) (?:question|editor)|downloads?|shop|jobs?|careers?|events?|gallery|photos?|videos?|press|terms(?: of (?:use|service))?|privacy(?: policy)?|legal|imprint)"
#: Copyright is also the subject of news.
_NO_NEWS = r"(?![ :-]*(?:law|infring|act\b|claim|case|suit|protect|office|rule|issue|hold|own|trial|disput|bill\b|reform|directive|violat|material|content|works?\b|is\b|was\b|has\b|are\b|except|term|expir|troll|strike|dea?l|fee|fight|row\b|war\b|in\b|of\b|for\b|on\b))"

TOOLS: tuple[Rule, ...] = (
    row("share", "en", rf"{_TOOL}(?:[\s|·•,/<>»«&-]{{1,6}}{_TOOL}){{1,11}}", r"(?:digg|e-?mail|send|forward|recommend|discuss|bookmark)(?: (?:this|it|the))?(?: (?:article|story|page|post))?(?: (?:to (?:a|your) friends?|!))?", r"(?:printer|print)[- ]friendly(?: (?:page|version|format))?", r"e-?mail toolbar", r"(?:save|print)(?: (?:&|and) (?:share|save|e-?mail))?(?: (?:this|the))?(?: (?:article|story|page))?", rf"follow (?!up\b).{{2,40}} on (?:its |our |their )?{_NETWORKS}(?: for .{{1,60}})?", rf"(?:follow|find|like|join|watch) us (?:on|at|across) {_NETWORKS}(?: .{{0,40}})?", max_words=22),
    row("share", "de", r"(?:druckansicht|drucken|artikel versenden|versenden|merken|kommentieren|tippfehler melden|fehler melden|teilen|vorlesen|pdf|feedback|zur startseite|schrift(?:größe)?)(?:[\s|·•,/]{1,5}(?:druckansicht|drucken|artikel versenden|versenden|merken|kommentieren|tippfehler melden|fehler melden|teilen|vorlesen|pdf|feedback|zur startseite|schrift(?:größe)?)){1,7}"),
    row("share", "fr", r"(?:partager|réagir|imprimer|envoyer|commenter|sauvegarder|enregistrer)(?: (?:sur|par|cet|l'|un|à|un ami|article|facebook|twitter|x|instagram|whatsapp|linkedin|telegram|e-?mail|mail)){0,5}(?:[\s|·•,/]{1,5}(?:partager|réagir|imprimer|envoyer|commenter|sauvegarder|enregistrer)){0,5}", max_words=8, full_stop=False),
    row("navigation", "*", r"\d{1,3} (?:von|de|di|sur|из|з|van|z|dari|\\?/) \d{1,3}", r"home(?:\s*[|>»/›:]\s*(?!away\b)[^|.!?\d]{2,30}){1,8}", r"(?:rss(?: feeds?)?|xml|atom)(?:[\s|/,·•]{1,4}(?:rss|xml|atom|site ?map|feeds?|archives?)){0,4}", r"(?:powered|hosted|designed|developed) by (?:wordpress|blogger|typo3|joomla|drupal|disqus|.{2,30}(?:theme|hosting|solutions))", r"(?:slide ?show|vote|rss feeds?|useful links|quick links|faqs?|print|e-?mail)"),
    row("navigation", "en", r"(?:entertainment|travel|health|science|technology|tech|lifestyle|education|environment|money|weather|obituaries|arts|books|food|style|real estate|regional|national|international|local|metro|magazine|features|editorials?|columns?|letters|markets|companies|crime|nation|top stories)(?: news)?", where=Where.HEAD, max_words=3),
    row("widget", "en", r"this content requires the (?:latest )?(?:adobe )?flash player", r"site best viewed (?:in|with|at)", r"\bget the (?:latest )?(?:adobe )?flash player", mode=Mode.PART, max_words=45),
    row("reading_time", "*", r"\d{1,3} ?(?:min|мин|хв|dk|دقيقة|دقیقه)\.?", max_words=3),
    row("reading_time", "de", r"lese(?:zeit|dauer)[: ]{1,3}(?:etwa |ca\.? |rund |circa )?\d+ ?min(?:uten?)?\.?", max_words=6),
)  # fmt: skip

NOTES: tuple[Rule, ...] = (
    row("byline", "en", rf"(?:posted|submitted|written|published|added|created|contributed|uploaded) by:? .{{1,40}}? (?:on|at) {_STAMP}.{{0,40}}", r"\W{0,3}submitted by (?!the\b|a\b)[\w .'-]{2,40}", rf"by:? (?-i:[A-Z])[\w.'-]+(?: (?-i:[A-Z])[\w.'-]+){{1,3}}(?:,? {_CLOCK},? .{{6,60}}|,? (?:last )?updated ?:? .{{6,60}}|,? in (?-i:[A-Z])[\w' -]{{2,24}}|,? and (?:agencies|wire (?:services|reports)|news agencies|staff))", r"by (?:cp|upi|ians|pti|ani|dpa|efe|tass|xinhua|bernama|ana|apa|wam|spa|kuna|irna)", max_words=18),
    row("timestamp", "en", rf"[\[(]?(?:(?:first |originally |last )?(?:published|posted|updated?|modified|created|issued|filed|date|added)(?: on| at)?[ :|–-]{{0,3}})?{_STAMP}(?: .{{0,3}}(?:\([a-z]{{2,4}}\)|[a-z]{{2,4}}))?[\])]?", max_words=12),
    row("timestamp", "de", r"\d{1,2}\.\d{1,2}\.\d{2,4}[ ,|∙·–-]{0,4}(?:um )?\d{1,2}[:.]\d{2}(?: ?uhr)?(?:,? (?:von|\|) .{1,40})?", r"\d{1,2}\.\d{1,2}\.\d{4}", max_words=9),
    row("copyright", "*", rf"(?:copyright|\(c\)|ⓒ){_NO_NEWS}(?:[\s:,–-]*[^.]{{0,80}})", r"(?:copyright|some rights reserved|trade ?marks?|copyright and trade ?mark notice)", r"copyright (?:©|ⓒ|\(c\)).{0,120}", r".{0,20}무단 ?전재.{0,40}", max_words=14),
    row("photo_credit", "en", r"(?:photo(?:graph)?|image|picture|video|graphic|illustration)s? (?:source|credits?|by|courtesy(?: of)?) ?:? ?(?!image\b|picture\b|photo\b)(?-i:[A-Z])[^.]{2,70}\.?", max_words=14),
    row("disclaimer", "en", r"\b(?:views|opinions)(?:,? (?:and|or|&) \w+)? expressed (?:in (?:this|the) (?:article|post|column|piece|blog|op-?ed|interview|comments?)|by (?:the )?(?:author|writer|contributor|columnist)s?|here(?:in)?|(?:above|below))\b", r"\b(?:do(?:es)? not|don't) necessarily (?:reflect|represent) (?:the )?(?:those|views|opinions|position|policy)", r"\bmay (?:earn|receive) (?:a |an )?(?:small |affiliate )?commissions?\b", r"\b(?:contains?|use) affiliate links", mode=Mode.PART, max_words=70),
    row("credits", "en", r"(?:learn|find out|read) more (?:at|on|in) (?-i:[A-Z])[\w .'&-]{2,40}", r"read (?:on|more)", r"click (?:here|on (?:this|the) (?:link|image|photo|picture))(?: (?:for|to (?:see|view|read|watch|listen|follow|subscribe|join|sign|buy|order|donate|share|enlarge|register|find|get (?:the|our|news|more news|headlines|updates|[\w']+ headlines)))\b.{0,80})?", max_words=22),
    row("comment_form", "en", r"(?:submit|send|add|post) your (?:comments?|feedback|reply|thoughts|opinion).{0,40}", r"be the first to comment.{0,30}", r"join the (?:discussion|conversation|debate).{0,40}", r"(?:sorry, )?(?:commenting|comments) (?:has|have|is|are) (?:been )?(?:now )?(?:closed|disabled|turned off|suspended|moderated).{0,60}", r"(?:comments|posts) (?:are|will be) (?:moderated|reviewed|subject to).{0,80}", max_words=16, opens=True),
    row("newsletter", "en", r"(?:don't|never|do not) miss (?:out|a (?:story|thing|beat|headline|moment)).{0,60}(?:sign up|subscribe|register|today|again|alerts?|newsletter).{0,30}", r"(?:get|receive|try|read|join|sign up (?:for|to)|subscribe to) (?!the message)(?:.{1,40} )?(?:our|the|your|this|[\w']+'s) (?:[\w'-]+ ){0,4}newsletters?\b.{0,60}", r"get up[- ]to[- ](?:the[- ]minute|speed|date).{0,100}", r"subscribe (?:now |today )?(?:to|for) (?:our|the|more|full|unlimited) .{0,80}", max_words=22, opens=True),
    row("related", "fr", r"(?:à )?(?:lire|voir|écouter|découvrir) (?:aussi|également) ?:? ?.{0,160}", max_words=28, opens=True, full_stop=False),
    row("related", "fr", r"à (?:lire|voir|relire) (?:aussi|également)? ?[«»:>|–-].{1,160}", max_words=30),
)  # fmt: skip

ADDRESSES: tuple[Rule, ...] = (
    row("author_bio", "de", r"(?:über (?:den autor|die autorin|die autor(?:inn)?en)|zur person)", max_words=4),
    row("newsletter", "fr", r"(?:faire|faites) un don(?: .{0,40})?", max_words=9),
    row("newsletter", "de", r"(?:jetzt )?(?:spenden|unterstützen sie (?:uns|unsere? .{1,30}))(?: .{0,20})?", max_words=8, full_stop=False),
    row("newsletter", "es", r"(?:haz(?:te)?|haga|hacer) (?:una donación|socio|socia)(?: .{0,30})?", r"apoya (?:nuestro|a nuestro|el) periodismo.{0,40}", max_words=10),
    row("newsletter", "pt", r"(?:faça|fazer) uma doação(?: .{0,30})?", r"apoie (?:o nosso|o) jornalismo.{0,40}", max_words=10),
    row("credits", "en", r"our standards:.{0,60}", r"(?:why you can trust|how we (?:report|fact-?check)|our editorial (?:standards|policy|process)).{0,40}", max_words=12),
    row("contact", "*", r"(?:tel(?:efono|éfono|efone|efoon|efon|ephone)?|téléphone|phone|fax|mobile?|handy|hotline|тел|телефон|факс|هاتف|تلفن)\.?(?: ?[:.])? ?[+\d(][\d +()/.–-]{5,30}(?:[^.!?]{0,50}|.{0,4}[\w.+-]{1,40}@[\w-]{1,30}\.[\w.]{2,12})", r"(?:e-?mail|mail|эл\. почта|البريد الإلكتروني)(?: ?:)? (?:comments? to |us at |to )?[\w.+-]{1,50}@[\w-]{1,40}\.[\w.]{2,20}", max_words=12),
    row("contact", "de", r"(?:kontakt|ansprechpartner(?:in)?|pressekontakt|pressestelle|redaktion)(?: ?: ?.{1,100})?", r"(?:haben sie|hast du) (?:fragen|hinweise|anregungen|einen fehler).{0,120}", max_words=18, full_stop=False),
    row("contact", "fr", r"(?:contact(?:ez-nous)?|contacts? presse|nous contacter|écrivez-nous)(?: ?: ?.{1,100})?", r"(?:une|vous avez une) (?:info|information|question|erreur).{0,30}\? ?(?:contactez|écrivez|signalez).{0,80}", max_words=18, full_stop=False),
    row("contact", "es", r"(?:contacto|contáctenos|contáctanos|escríbanos|contacto de prensa)(?: ?: ?.{1,100})?", r"(?:tiene|tienes) (?:alguna |una )?(?:información|pista|denuncia|historia).{0,60}\? ?.{0,80}", max_words=18, full_stop=False),
    row("contact", "pt", r"(?:contacto|contato|fale (?:conosco|connosco)|contacte-nos|assessoria de imprensa)(?: ?: ?.{1,100})?", r"(?:tem|encontrou) (?:alguma |uma |um )?(?:sugestão|denúncia|erro|informação).{0,60}\? ?.{0,80}", max_words=18, full_stop=False),
    row("contact", "ru", r"(?:контакты|связаться с (?:нами|редакцией)|напишите нам|написать (?:нам|в редакцию)|обратная связь)(?: ?: ?.{1,80})?", r"(?:есть|у вас есть) (?:новость|тема|история|что рассказать).{0,40}\? ?.{0,80}", r"присылайте .{0,60}(?:бот|почту|телеграм|telegram|редакци).{0,40}", max_words=16, full_stop=False),
    row("contact", "uk", r"(?:контакти|зв'язатися з (?:нами|редакцією)|напишіть нам|зворотний зв'язок)(?: ?: ?.{1,80})?", r"(?:є|маєте|у вас є) (?:новин[аиу]|тем[ау]|історі[яюї]|що розповісти).{0,40}\? ?.{0,80}", r"надсилайте .{0,60}(?:бот|пошту|телеграм|telegram|редакці).{0,40}", max_words=16, full_stop=False),
    row("contact", "tr", r"(?:iletişim|bize (?:ulaşın|yazın)|bizimle iletişime geçin|ihbar hattı)(?: ?: ?.{1,80})?", max_words=12, full_stop=False),
    row("contact", "ar", r"(?:اتصل بنا|تواصل معنا|راسلنا|للتواصل(?: معنا)?)(?: ?:? ?.{1,80})?", max_words=12, full_stop=False),
    row("contact", "fa", r"(?:تماس با ما|با ما تماس بگیرید|ارتباط با (?:ما|تحریریه))(?: ?:? ?.{1,80})?", max_words=12, full_stop=False),
    row("email_protection", "en", r"this e-?mail address is being protected", r"you need javascript enabled to view it", mode=Mode.PART, max_words=40),
    row("email_protection", "de", r"diese e-?mail-?adresse ist (?:vor spambots|gegen spambots) geschützt", mode=Mode.PART, max_words=40),
    row("email_protection", "fr", r"cette adresse e-?mail est protégée contre les robots", r"cet e-?mail est protégé contre", mode=Mode.PART, max_words=40),
    row("email_protection", "es", r"esta dirección de correo electrónico está (?:siendo )?protegida contra", mode=Mode.PART, max_words=40),
    row("email_protection", "pt", r"este endereço de e-?mail (?:está|esta) (?:sendo |a ser )?protegido (?:de|contra)", mode=Mode.PART, max_words=40),
    row("email_protection", "ru", r"адрес электронной почты защищ[её]н от спам", mode=Mode.PART, max_words=40),
    row("email_protection", "uk", r"адреса електронної пошти захищена від спам", mode=Mode.PART, max_words=40),
    row("email_protection", "tr", r"bu e-?posta adresi(?:ni)? .{0,20}(?:spam|istenmeyen).{0,20}koru", mode=Mode.PART, max_words=40),
    row("email_protection", "ar", r"(?:البريد الإلكتروني محمي|حماية عنوان البريد|محمي من المتطفلين)", mode=Mode.PART, max_words=40),
    row("email_protection", "fa", r"این آدرس ایمیل .{0,20}(?:محافظت|حفاظت)", mode=Mode.PART, max_words=40),
)  # fmt: skip

_DE, _FR, _ES = (
    r"(?:journalist|reporter|redakteur|korrespondent|autor)(?:in)?",
    r"(?:journaliste|reporter|correspondante?|rédacteur|rédactrice)",
    r"(?:periodista|reporter[oa]|corresponsal|redactora?)",
)
_NAME = r"(?-i:[^\W\d_a-zà-ÿ])[\w'’.-]+(?: (?-i:[^\W\d_a-zà-ÿ])[\w'’.-]+){1,3}"

PEOPLE: tuple[Rule, ...] = (
    row("author_bio", "de", r"(?:über (?:den|die) (?:autor(?:in)?|verfasser(?:in)?|redakteur(?:in)?)|zur person|mehr (?:von|über) .{2,40})", rf"{_NAME} (?:ist|arbeitet als) (?:freie[r]? |politische[r]? )?{_DE} (?:bei|in|für|der|des|mit)\b.{{0,160}}", r"alle (?:artikel|beiträge) von .{2,40}", where=Where.TAIL, max_words=34),
    row("author_bio", "fr", r"(?:à propos de l'auteure?|voir tous les articles(?: de .{2,40})?|tous (?:les|ses) articles)", rf"{_NAME} est {_FR} (?:à|au|pour|chez|indépendante?|spécialis)\b.{{0,160}}", where=Where.TAIL, max_words=34),
    row("author_bio", "es", r"(?:sobre (?:el autor|la autora)|acerca del autor|ver (?:todas las entradas|más artículos|biografía).{0,40})", rf"{_NAME} es {_ES} (?:de|en|del|para|especializad)\b.{{0,160}}", where=Where.TAIL, max_words=34),
    row("author_bio", "pt", r"(?:sobre (?:o autor|a autora)|ver todos os (?:posts|artigos).{0,40}|mais (?:artigos|textos) de .{2,40})", rf"{_NAME} é (?:jornalista|repórter|correspondente|editora?|redatora?) (?:de|do|da|em|no|na|especializad)\b.{{0,160}}", where=Where.TAIL, max_words=34),
    row("author_bio", "ru", r"(?:об авторе|все (?:материалы|статьи|публикации) автора|другие материалы автора)", where=Where.TAIL, max_words=6),
    row("author_bio", "uk", r"(?:про автор(?:а|ку)|всі (?:матеріали|статті|публікації) автор(?:а|ки)|інші матеріали автора)", where=Where.TAIL, max_words=6),
    row("author_bio", "tr", r"(?:yazar hakkında|yazarın (?:diğer|tüm) yazıları)", where=Where.TAIL, max_words=5),
    row("author_bio", "ar", r"(?:عن الكاتب|نبذة عن الكاتب|(?:جميع|كل) مقالات الكاتب)", where=Where.TAIL, max_words=5),
    row("author_bio", "fa", r"(?:درباره نویسنده|همه (?:مطالب|نوشته‌های) نویسنده)", where=Where.TAIL, max_words=5),
    row("disclaimer", "de", r"\b(?:dieser|der) (?:artikel|beitrag|text) (?:gibt|spiegelt) (?:nicht )?(?:notwendigerweise |nicht |ausschließlich )*(?:die )?meinung", r"\b(?:mit \* gekennzeichnete|affiliate-?)\s?links?\b.{0,60}(?:provision|gekennzeichnet|enthält)", r"\b(?:enthält|bei den .{0,20} handelt es sich um) affiliate-?\s?links\b", mode=Mode.PART, max_words=60),
    row("disclaimer", "fr", r"\b(?:les )?(?:opinions|propos|points de vue) (?:exprimé|tenu|présenté)e?s (?:dans cet|par l'auteur|ici).{0,80}", mode=Mode.PART, max_words=60),
    row("disclaimer", "es", r"\blas opiniones (?:expresadas|vertidas|aquí|contenidas).{0,60}(?:autor|responsabilidad|no (?:reflejan|representan)|exclusiva)", mode=Mode.PART, max_words=60),
    row("disclaimer", "pt", r"\bas opiniões (?:expressas|aqui|emitidas).{0,60}(?:autor|responsabilidade|não (?:refletem|representam))", r"\beste texto não reflete necessariamente a opinião", mode=Mode.PART, max_words=60),
    row("disclaimer", "ru", r"(?:мнение (?:автора|редакции) может не совпадать|мнени[ея] автор(?:а|ов) .{0,30}не отража)", mode=Mode.PART, max_words=50),
    row("disclaimer", "uk", r"(?:думка (?:автора|редакції) може не збігатися|точка зору .{0,30}може не збігатися|редакція не (?:завжди )?(?:поділяє|несе відповідальності))", mode=Mode.PART, max_words=50),
    row("disclaimer", "tr", r"(?:bu yazıda(?:ki)?|yazıdaki) .{0,40}(?:görüşler|fikirler).{0,60}(?:yazar|yansıtma|aittir)", mode=Mode.PART, max_words=50),
    row("disclaimer", "ar", r"(?:الآراء|الأفكار) الواردة (?:في|هنا).{0,60}(?:تعبر|تمثل|لا تعكس|رأي)", r"المقال(?:ة)? .{0,20}(?:لا )?يعبر (?:بالضرورة )?عن", mode=Mode.PART, max_words=50),
    row("disclaimer", "fa", r"(?:دیدگاه|نظر)(?:ها|های)? .{0,40}(?:لزوماً?|الزاماً?) .{0,40}(?:بیانگر|بازتاب|نیست)", mode=Mode.PART, max_words=50),
)  # fmt: skip

ROWS: tuple[Rule, ...] = (*TOOLS, *NOTES, *ADDRESSES, *PEOPLE)
