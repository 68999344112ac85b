"""Furniture that pages of recent years put around articles: channels, preferred sources, summaries by machine, players.

Owns rows in all our languages. ``tests/golden/clean`` holds lines that each kind takes and lines
that it must leave.
"""

from dateline.text.rules import Rule, row

_CHANNEL = r"(?:whats ?app|telegram|viber|google news|signal|line|discover|youtube|facebook|instagram|tik ?tok|twitter|x)"

ENGLISH: tuple[Rule, ...] = (
    row("related", "en", r"(?:end of )?list(?: (?:of )?\d+ (?:of \d+|items?))?", r"(?:read|see) more (?:of our|from our|about our) .{1,50}", r"(?:suggested|explore more on these|more on these) topics", r"(?:end|start) of (?:most (?:read|popular|watched)|recommended stories|related (?:content|stories)|.{2,20} promo(?:tion)?)", r"skip (?:most read|.{2,20}promo(?:tion)?|comments|video|audio|advert)(?: and continue reading)?", max_words=9, opens=True, full_stop=False),
    row("related", "en", r"catch (?:all )?(?:the )?(?:latest|breaking|live).{0,80}(?:news|updates).{0,80}", r"(?:for|get) (?:all )?(?:the )?(?:latest|more|breaking) (?:\w+ )?(?:news|updates|stories).{0,60}(?:follow|visit|download|subscribe|log on|join).{0,80}", r"skip to (?:comments|footer|the end|next section)", max_words=28),
    row("share", "en", r"follow (?-i:[A-Z])[\w'’&.-]*(?: (?-i:[A-Z])[\w'’&.-]*){0,4} ?:", r"(?:add|make|set|choose|tap here to add|select) (?:us|[\w' ]{2,30}) (?:as )?(?:a |your )?(?:preferred|trusted)(?: source)? (?:on|in) google.{0,30}", r"(?:sign in|log in|login) to (?:save|bookmark|follow|share)(?: .{0,20})?", r"print(?:er)? ?(?:friendly)?,? (?:pdf|&|and|e-?mail|,| )+", r"reuse this (?:content|article)", r"(?:(?:post|total|page|article) views?|views)(?: ?: ?\d[\d,.]*[km]?)?", max_words=12),
    row("newsletter", "en", r"(?:sign up|signup) (?:for|to) (?-i:[A-Z])[\w' ]{2,40}", r"get (?:real[- ]?time|instant|push|breaking|live|daily) (?:news )?(?:updates?|alerts?|notifications?).{0,110}", r"support (?-i:[A-Z])[\w' ]{2,40}journalism.{0,60}", r"(?:the |this )?(?:article|story) is free (?:to read )?because.{0,60}", rf"(?:add|join|follow|like|subscribe to) (?:us|our .{{1,30}}) (?:on|via|in) {_CHANNEL}.{{0,60}}", r"enjoy(?:ing|ed)? (?:our|this).{0,40}\?.{0,80}", max_words=26),
    row("paywall", "en", r"(?:register|sign up|log ?in|login|subscribe)(?: now)?(?: for free)?(?: or .{2,30})? to (?:continue|keep|read|unlock|access)\b.{0,60}", r"purchase licen[sc]ing rights.{0,24}", r"(?:request|buy|order) (?:reprints?|licen[sc]ing).{0,30}", max_words=16),
    row("widget", "en", r"(?:toggle|hide|show|view|open|close|enlarge|expand) (?:this |the |more )?(?:captions?|image|key points|details|menu|description|summary|full ?screen|transcript)(?: (?:in|to) full ?screen)?", r"hide|show", r"\d{1,2}:\d{2} ?/ ?\d{1,2}:\d{2}(?::\d{2})?", r"listen to (?:this|the) (?:article|story) ?(?:with|in|using|·|-).{0,30}", r"(?:ai|machine)[- ](?:generated|powered|assisted|translated) ?(?:summary|text|audio|translation|content|voice)?.{0,40}", r"(?:this )?(?:summary|audio|text|translation|article) (?:is|was|has been) (?:auto-?)?(?:generated|created|produced|translated|voiced) (?:by|with|using) (?:an? )?(?:ai|artificial intelligence|machine|automat\w+).{0,60}", r"(?:read|open|view|continue) in (?:the )?app", r"(?:story|text|article) (?:was )?(?:adapted|translated|summari[sz]ed) by (?:a )?machine.{0,30}", max_words=16),
    row("comment_form", "en", r"have (?:something to say|your say|an opinion|a view)\?.{0,60}", r"(?:view|read|see|show|hide) (?:all )?comments ?\(?\d*\)?", max_words=14, opens=True),
    row("timestamp", "en", r"(?:published|posted|updated|last updated|first published|modified)", max_words=2),
    row("credits", "en", r"\(?only the headline .{0,160}", r"\(?this (?:report|copy|item|story) (?:is|was|has been) (?:auto-?generated|published (?:from|unedited)|filed).{0,120}", max_words=45),
)  # fmt: skip

EUROPEAN: tuple[Rule, ...] = (
    row("share", "de", r"(?:zur|auf die|in die) (?:merkliste|leseliste|favoriten)(?: .{0,20})?", r"(?:uns|als) (?:bevorzugte )?quelle (?:bei|auf) google.{0,30}", max_words=8),
    row("widget", "de", r"artikel zum (?:hören|anhören|mitnehmen)", r"(?:hinweis auf|einen) fehler(?: melden)?", r"(?:diese|die) (?:meldung|zusammenfassung|nachricht|übersetzung) wurde (?:automatisch|mit (?:hilfe )?(?:von )?ki|maschinell).{0,60}", r"dieser (?:artikel|text) wurde (?:mit (?:hilfe )?(?:von )?(?:ki|künstlicher intelligenz)|automatisch|maschinell).{0,60}", max_words=16),
    row("credits", "de", r"©? ?(?:dpa|afp|epd|kna|apa)(?:-\w+)?, (?:dpa|afp|epd|kna|apa):[\d/-]{5,30}", max_words=5),
    row("paywall", "de", r"sie können (?:den|diesen) artikel .{0,60}", max_words=12),
    row("related", "de", r"(?:artikel|hier|jetzt|online) (?:weiterlesen|lesen)", r"lesen sie jetzt", max_words=4, opens=True),
    row("newsletter", "de", r"(?:jetzt|hier|unseren|unsere)(?: kostenlosen)?(?: newsletter)? (?:abonnieren|bestellen|anmelden)", rf"(?:folgen sie uns|abonnieren sie (?:uns|unseren)|jetzt) .{{0,30}}(?:bei|auf|im) {_CHANNEL}.{{0,40}}", max_words=12),
    row("share", "fr", r"(?:ajouter|ajouté|ce contenu a (?:bien )?été ajouté) (?:à|aux) (?:vos|mes|la|ma) (?:favoris|sélections?|liste.{0,12})", r"(?:ajoutez-nous|choisissez .{2,30}) (?:comme|en) source préférée.{0,30}", r"lire plus tard", max_words=10),
    row("newsletter", "fr", r"recevez .{2,90}", rf"(?:rejoignez|suivez)(?:-nous| .{{2,30}}) sur .{{0,20}}{_CHANNEL}.{{0,40}}", max_words=18, full_stop=False, opens=True),
    row("comment_form", "fr", r"(?:tous|voir tous|lire tous|lire) les commentaires(?: .{0,8})?", r"réagir(?: à cet article)?", opens=True),
    row("paywall", "fr", r"vous pouvez (?:lire|partager|consulter) .{0,40}(?:appareil|articles?|abonn).{0,30}", r"(?:il vous reste|offert|article offert).{0,60}", max_words=14, full_stop=False),
    row("paywall", "es", r"(?:reg[ií]str[ae]te|suscr[ií]bete|inicia sesión)(?: (?:gratis|ahora|aquí))? para (?:seguir|continuar|leer|acceder).{0,60}", max_words=12),
    row("credits", "es", r"(?:conforme a los criterios de|se adhiere a los criterios de).{0,40}", r"\(?con información (?:de|del) .{1,60}", max_words=14),
    row("newsletter", "es", rf"(?:únete|unite|síguenos|seguinos|suscríbete|entra|agrega(?:nos)?) .{{0,40}}{_CHANNEL}.{{0,50}}", max_words=16, opens=True),
    row("related", "pt", r"(?:vídeos|fotos|podcast|últimas notícias) ?: ?(?:mais|veja|ouça|as).{0,60}", max_words=10),
    row("newsletter", "pt", rf"(?:clique aqui para )?(?:seguir|siga|entre|participe|inscreva-se|acompanhe) .{{0,40}}{_CHANNEL}.{{0,50}}", max_words=16, opens=True),
    row("newsletter", "ru", r".{0,80}(?:в|на) (?:нашем|наш|наших) (?:telegram|телеграм|whatsapp|viber|канал|max)\S{0,12}(?: ?[-–]?канал\w*)?.{0,20}", r"хотите (?:узнавать|читать|получать|быть в курсе).{0,80}", r"(?:эксклюзивы|самое важное|главные новости|оперативные новости).{0,60}\bканал\w*.{0,20}", max_words=20, full_stop=False, opens=True),
    row("newsletter", "uk", r".{0,80}(?:у|в|на) (?:нашому|наш|наших) (?:telegram|телеграм|whatsapp|viber|канал)\S{0,12}(?: ?[-–]?канал\w*)?.{0,20}", r"хочете (?:дізнаватися|читати|отримувати|бути в курсі).{0,80}", max_words=20, full_stop=False, opens=True),
    row("share", "ru", r"(?:добавьте|добавить|сделайте) .{0,30}(?:в|на) (?:предпочитаемые|избранные|избранное|основные) ?(?:источники)?.{0,20}", max_words=9),
    row("share", "uk", r"(?:додайте|додати|зробіть) .{0,30}(?:у|в|до) (?:вибран\w+|обран\w+|основн\w+) ?(?:джерел\w*)?.{0,20}", max_words=9),
    row("advertisement", "ru", r"реклама(?: ?[.:|]| \d\d\+).{0,60}", r"(?:новости|материалы) партн[её]ров", max_words=10),
    row("advertisement", "*", r"erid ?[:=]? ?\w{5,30}", max_words=3),
    row("advertisement", "uk", r"(?:новини|матеріали) партнерів", r"реклама(?: ?[.:|]| \d\d\+).{0,60}", max_words=8),
    row("comment_form", "ru", r"что (?:думаешь|думаете|вы думаете)\??.{0,30}", r"(?:ваше|ваш) (?:мнение|комментарий)", max_words=6, opens=True),
    row("photo_credit", "ru", r"фото из (?:открытых источников|архива|соцсетей|личного архива).{0,30}", max_words=8),
    row("photo_credit", "uk", r"фото (?:з|із) (?:відкритих джерел|архіву|соцмереж).{0,30}", max_words=8),
    row("credits", "ru", r"(?:ошибка в тексте|нашли ошибку|заметили ошибку|опечатка)\??.{0,80}", r"сообщить об (?:ошибке|опечатке)", max_words=14),
    row("credits", "uk", r"(?:помилка в тексті|знайшли помилку|помітили помилку)\??.{0,80}", r"повідомити про помилку", max_words=14),
    row("timestamp", "ru", r"\d{1,2}:\d{2},? \d{1,2} [а-я]{3,8}\.? \d{4}.{0,10}", r"\d{1,2}\.\d{1,2}\.\d{4}[ ,|–-]{0,3}\d{1,2}:\d{2}.{0,8}", r"(?:сегодня|вчера)[ ,в]{1,4}\d{1,2}:\d{2}", max_words=7),
    row("timestamp", "uk", r"\d{1,2}:\d{2},? \d{1,2} [а-яіїє]{3,9} \d{4}.{0,10}", r"(?:сьогодні|вчора)[ ,о]{1,4}\d{1,2}:\d{2}", max_words=7),
    row("related", "uk", r"(?:нагадаємо|раніше ми писали|як ми писали|за темою) ?:", max_words=4),
    row("related", "ru", r"(?:напомним|ранее мы писали|ранее сообщалось|по теме) ?:", max_words=4),
    row("related", "tr", r"(?:son dakika )?(?:haberleri?|haberin detayları|ayrıntılar|detaylar)(?: için)? (?:tıklayın|tıklayınız|buraya).{0,20}", r"sıradaki (?:haber|içerik|video)", max_words=8, opens=True),
    row("byline", "tr", r"haber kaynağı ?[:/] ?.{1,40}", max_words=6),
    row("comment_form", "tr", r"(?:yorumlarınızı|görüşlerinizi|düşüncelerinizi) (?:bekliyoruz|paylaşın|yazın).{0,20}", r"sen de yorum(?:unu)? .{1,20}", max_words=7, opens=True),
    row("timestamp", "tr", r"(?:giriş|yayınlanma|yayın|oluşturulma|eklenme)(?: tarihi)? ?:? ?\d.{4,24}(?:güncelleme|güncellenme|son güncelleme)(?: tarihi)? ?:? ?\d.{0,24}", max_words=14),
    row("newsletter", "tr", rf"(?:{_CHANNEL}|google) ?\w{{0,8}}'?\w{{0,4}} .{{0,20}}(?:takip ed|abone ol|katıl|bize ulaş)\w*.{{0,20}}", max_words=10, opens=True),
    row("widget", "it", r"ascolta (?:questo|l'|la|il) ?.{0,30}", r"(?:questo (?:articolo|contenuto)|la sintesi) (?:è|è stat[oa]) (?:generat[oa]|tradott[oa]|creat[oa]) (?:con|da|automaticamente).{0,40}", max_words=9, full_stop=False),
    row("newsletter", "pl", r"dziękujemy za (?:przeczytanie|to, że).{0,80}", max_words=16),
    row("related", "id", r"(?:simak|tonton|lihat|saksikan)(?: juga)? (?:video|foto|berita)(?: .{0,40})?", r"\W?gambas ?: ?.{2,30}", max_words=10, opens=True),
)  # fmt: skip

_LABEL = r"foto(?:s|grafia|grafía)?|bild(?:er)?|photos?|fot\.|crédits?(?: photo)?|créditos?|credits?|imagen|imagem|immagine|фото|görsel|fotoğraf|الصورة|تصوير|عکس|zdjęcie|beeld"

CAPTIONS: tuple[Rule, ...] = (
    row("caption", "*", rf".{{20,600}}[\[(](?:{_LABEL}) ?[:./] ?.{{2,60}}[\])]\W*", rf".{{20,600}}[.!?”\"] ?(?:{_LABEL}) ?[:/] ?[^.]{{2,50}}", max_words=40, is_caption=True),
    row("caption", "de", r"(?:bildunterschrift|bildbeschreibung|auf dem (?:bild|foto)|im bild|bild|foto|archivbild|symbolbild|archivfoto) ?[:|] ?.{40,600}", max_words=70, is_caption=True),
    row("caption", "fr", r"(?:légende|photo|image|illustration|photo d'archives?|photo d'illustration|sur la photo) ?[:|] ?.{40,600}", max_words=70, is_caption=True),
    row("caption", "es", r"(?:pie de foto|leyenda|foto|imagen|foto de archivo|imagen de archivo|en la (?:foto|imagen)) ?[:|,] ?.{40,600}", max_words=70, is_caption=True),
    row("caption", "pt", r"(?:legenda|foto|imagem|foto de arquivo|na foto|na imagem) ?[:|] ?.{40,600}", max_words=70, is_caption=True),
    row("caption", "it", r"(?:didascalia|foto|immagine|nella foto|foto d'archivio) ?[:|] ?.{40,600}", max_words=70, is_caption=True),
    row("caption", "ru", r"(?:подпись к фото|на фото|на снимке|фото|архивное фото|иллюстрация) ?[:|—–-] ?.{40,600}", max_words=70, is_caption=True),
    row("caption", "uk", r"(?:підпис до фото|на фото|на світлині|на знімку|фото|архівне фото) ?[:|—–-] ?.{40,600}", max_words=70, is_caption=True),
    row("caption", "tr", r"(?:fotoğraf altı(?: yazısı)?|fotoğrafta|görsel|fotoğraf|arşiv fotoğrafı) ?[:|] ?.{40,600}", max_words=70, is_caption=True),
)  # fmt: skip

EASTERN: tuple[Rule, ...] = (
    row("timestamp", "ar", r"(?:نشرت|نُشرت|نشر|تم النشر) (?:قبل|منذ) .{2,24}", max_words=7),
    row("photo_credit", "ar", r"(?:صدر|مصدر) الصورة ?[،,:] ?.{2,50}", max_words=9),
    row("caption", "ar", r"التعليق على الصورة ?[،,:] ?.{10,300}", max_words=50, is_caption=True),
    row("related", "ar", r"(?:تخط[ىي]|نهاية|قصص مقترحة) (?:ال)?.{0,30}(?:قراءة|نهاية|مقترحة|البودكاست|إعلان).{0,20}", r"(?:موضوعات|مواضيع|قصص) (?:متعلقة|ذات صلة|مقترحة)(?: نهاية)?", max_words=8, opens=True, full_stop=False),
    row("newsletter", "ar", r"(?:لمزيد من|للمزيد من|لمتابعة).{0,30}(?:تابعوا|تابعونا|تابع|اشترك|انضم).{0,50}", max_words=14),
    row("share", "ar", r"(?:أضف|أضفنا|اختر) .{0,30}(?:كمصدر|مصدرا|مصدراً) .{0,30}(?:غوغل|جوجل|google).{0,12}", max_words=10),
    row("tags", "ar", r"كلمات (?:دالة|مفتاحية|دلالية)(?: ?: ?.{0,200})?", max_words=20),
    row("photo_credit", "fa", r"منبع تصویر ?[،,:] ?.{2,50}", max_words=9),
    row("caption", "fa", r"توضیح تصویر ?[،,:] ?.{6,300}", max_words=50, is_caption=True),
    row("related", "fa", r"(?:پربیننده|پربازدید|پرمخاطب|پربحث)‌?(?: ?ترین)?(?: ?‌?ها)?(?: .{0,20})?", max_words=4, opens=True),
    row("newsletter", "fa", r"(?:ما را|به ما) (?:در|از) .{0,30}(?:دنبال کنید|بپیوندید).{0,20}", max_words=12, opens=True),
    row("share", "zh", r"(?:打开|用)?微信(?:扫一扫|扫码).{0,20}", r"(?:扫描|扫一扫|長按|长按)(?:二维码|识别).{0,20}", max_words=18),
    row("share", "ja", r"(?:この)?記事を(?:保存|共有|シェア|印刷|ツイート)(?:する)?", max_words=8),
    row("newsletter", "hi", r"(?:हमारे|हमारा|हमें) .{0,40}(?:चैनल|न्यूज़लेटर|ऐप|गूगल न्यूज़|फेसबुक).{0,40}(?:जुड़ें|जुड़े|फॉलो|सब्सक्राइब|डाउनलोड).{0,20}", max_words=16),
)  # fmt: skip

ROWS: tuple[Rule, ...] = (*ENGLISH, *EUROPEAN, *CAPTIONS, *EASTERN)
