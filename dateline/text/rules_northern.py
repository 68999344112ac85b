"""Furniture in German and Turkish.

Owns rows for the main kinds; what looks alike in all languages stands in ``rules_english_story``.
"""

from dateline.text.rules import Mode, Rule, row

_INLINE = r"(?: ?[:|»>]| [–—-]) ?.{1,200}"

GERMAN: tuple[Rule, ...] = (
    row("comment_form", "de", r"(?:schreib(?:en sie|e)?|hinterlass(?:en sie|e)?|verfass(?:en sie|e)?)(?: (?:einen|ihren|den ersten|eine))? (?:kommentar|antwort)(?: abbrechen)?", r"kommentar (?:schreiben|verfassen|hinterlassen|abschicken|abgeben)", r"(?:alle |weitere )?(?:\d+ )?kommentare (?:lesen|anzeigen|ansehen|schreiben)", r"(?:die )?kommentar(?:e|funktion) (?:sind|ist|wurde) .{0,20}(?:geschlossen|deaktiviert)", r"antwort(?:en)? abbrechen", r"diskutieren sie mit", opens=True),
    row("comment_form", "de", r"(?:deine|ihre) e-?mail-?adresse wird nicht veröffentlicht", r"erforderliche felder sind", r"meinen namen, meine e-?mail", r"(?:anmelden|einloggen), um (?:zu kommentieren|einen kommentar)", mode=Mode.PART, opens=True),
    row("comment_count", "de", r"(?:\d+|keine|ein) (?:kommentare?|leserkommentare?|leserbriefe?)", r"kommentare?(?: ?[:(]? ?\d+\)?)?"),
    row("navigation", "de", r"(?:zurück|nach|zum|zur) ?(?:zum|zur|nach)? ?(?:oben|anfang|startseite|seitenanfang|inhalt|übersicht|navigation|hauptinhalt)(?: springen)?", r"startseite", r"suche", r"mehr (?:anzeigen|laden)", r"menü", r"schließen"),
    row("previous_next", "de", r"(?:vorheriger|nächster|vorige|nächste|voriger) (?:artikel|beitrag|seite|meldung)(?: .{1,120})?", r"(?:zurück|weiter|nächste|vorherige)(?: ?[:→←] ?.{0,140})?"),
    row("share", "de", r"(?:artikel |beitrag |jetzt |diesen artikel |auf .{1,12} )?teilen(?: (?:auf|via|per|mit|facebook|twitter|x|whatsapp|e-?mail))*", r"folgen sie uns (?:auf|bei) .{1,80}", r"link kopieren", r"(?:artikel )?(?:drucken|ausdrucken|merken|versenden|vorlesen|anhören)", r"per e-?mail (?:versenden|teilen|verschicken)", r"gefällt mir(?: .{0,12})?", opens=True),
    row("widget", "de", r"(?:wird geladen|lädt|bitte warten)", r"schriftgröße.{0,20}", r"(?:video|audio|bild|foto|fotos|bilder|fotostrecke|bildergalerie|eilmeldung|live ?ticker|liveblog|meinung|kommentar|politik|ausland|inland|wirtschaft|panorama|exklusiv)(?: (?:starten|abspielen|anhören|ansehen|öffnen))?", r"(?:merkliste|leseliste|lesezeichen)(?: .{0,20})?"),
    row("reading_time", "de", r"lese(?:zeit|dauer)[: ]{1,3}(?:ca\. )?\d+ ?min(?:uten?)?\.?", r"\d+ min(?:uten?)?\.? (?:lesezeit|lesedauer)"),
    row("newsletter", "de", r"(?:jetzt |hier |kostenlos )*(?:abonnieren|anmelden|registrieren)(?: sie (?:sich|unseren|jetzt).{0,60})?", r"(?:unser |der |zum )?newsletter(?: (?:abonnieren|bestellen|anmelden|anmeldung|abo|der (?:redaktion|woche|.{1,20}zeitung)|von .{1,20}|per .{1,20}))?", r"(?:abonnieren|erhalten|bestellen) sie .{0,60}(?:newsletter|e-?mail|push).{0,40}", r"laden sie .{0,30}app.{0,40}", r"(?:folgen|treten) sie .{0,40}(?:whatsapp|telegram|kanal).{0,40}", max_words=18, opens=True),
    row("paywall", "de", r"(?:jetzt |hier )?(?:einloggen|anmelden)(?: .{0,30})?", r"(?:dieser|der) (?:artikel|inhalt|text) ist .{0,30}(?:abonnent|exklusiv|plus).{0,30}", r"weiterlesen mit .{1,40}", r"(?:sie haben|bereits|schon) (?:bereits |schon )?(?:ein |)?(?:abo|abonnent).{0,40}", r"(?:jetzt )?(?:abo|probeabo|digital-?abo) (?:abschließen|testen|bestellen).{0,30}", max_words=14),
    row("advertisement", "de", r"anzeige[n]?", r"werbung(?: .{0,20})?", r"(?:gesponsert|bezahlter inhalt|sponsored)(?: .{0,30})?", r"(?:der artikel |nach der |weiter nach der )(?:wird nach der |geht nach der )?(?:anzeige|werbung).{0,30}"),
    row("consent", "de", r"(?:wir (?:verwenden|nutzen)|diese (?:web)?seite (?:verwendet|nutzt)) cookies.{0,300}", r"(?:alle )?(?:cookies )?(?:akzeptieren|ablehnen|zustimmen)", r"datenschutz(?:erklärung|bestimmungen|hinweise?)?(?:.{0,40})?", r"impressum.{0,40}", r"(?:an dieser stelle|hier) finden sie (?:einen )?(?:externen|externe) inhalte?.{0,200}", r"externer inhalt.{0,120}", max_words=60),
    row("related", "de", r"(?:lesen|sehen|hören) sie (?:auch|dazu|mehr|hier|weiter).{0,30}", r"(?:mehr|weitere) (?:zum thema|dazu|lesen|artikel|nachrichten|meldungen|informationen|themen|beiträge|aus .{1,20})(?: .{0,30})?", r"zum thema", r"(?:das könnte|könnte) (?:sie|dich) auch interessieren", r"(?:meist|am häufigsten) ?gelesen(?:e artikel)?", r"(?:ähnliche|verwandte|empfohlene|passende) (?:artikel|beiträge|themen|inhalte)", r"auch interessant", r"(?:aktuelle|neueste) (?:nachrichten|meldungen|artikel)", r"empfehlungen der redaktion", max_words=9, opens=True, full_stop=False),
    row("related", "de", r"(?:lesen|sehen|hören) sie (?:auch|dazu|mehr|hier|weiter)(?: (?:dazu|hier|auch))*" + _INLINE, r"(?:mehr zum thema|lesen sie auch|auch interessant|hintergrund|siehe auch|mehr dazu|interview|kommentar)(?: ?[:|»>]) ?.{1,200}", r"klicken sie hier.{0,60}", r"weiterlesen"),
    row("byline", "de", r"von(?: ?:)? (?-i:[A-ZÄÖÜ])[\w.'-]+(?: (?:(?-i:[A-ZÄÖÜ])[\w.'-]+|von|und|,|zu|van|de)){1,6}", r"(?:dpa|afp|apa|epd|kna|sda|reuters|red(?:aktion)?)(?: ?[/,|-] ?(?:dpa|afp|apa|epd|kna|sda|reuters|ap|\w{2,4})){0,4}", r"(?:autor(?:in)?|ein (?:kommentar|gastbeitrag|interview|essay)) ?(?:von|:) ?.{1,60}", max_words=10, full_stop=False, own_language_only=True),
    row("credits", "de", r"quellen? ?: ?.{1,60}", r"mit (?:material|informationen|agenturmaterial) (?:von|der) .{1,60}", r"(?:dieser|der) (?:artikel|text|beitrag) (?:wurde|ist|erschien) .{0,30}(?:zuerst|veröffentlicht|erschienen|aktualisiert|übersetzt|ursprünglich).{0,100}", r"(?:über dieses thema|dieses thema im programm).{0,140}", max_words=24),
    row("copyright", "de", r"alle rechte vorbehalten.{0,120}", r".{0,80}\b(?:vervielfältigung|weiterverwendung|nachdruck).{0,40}(?:nur mit|nicht gestattet|untersagt|genehmigung).{0,80}", max_words=40),
    row("timestamp", "de", r"(?:veröffentlicht|aktualisiert|stand|erstellt|zuletzt aktualisiert|datum|erstmals publiziert)(?: am| um)? ?:? ?.{0,40}\d.{0,30}", r"(?:(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mo|di|mi|do|fr|sa|so)\.?,? )?\d{1,2}\. ?(?:\w{3,9}\.?|\d{1,2}\.) ?\d{4}(?:[ ,|–-]{1,4}(?:um )?\d{1,2}[:.]\d{2}(?: ?uhr)?)?", r"vor \d+ (?:minuten?|stunden?|tag(?:en)?)", max_words=10, full_stop=False),
    row("photo_credit", "de", r"(?:foto|bild|fotos|bildrechte|bildquelle|archivbild|symbolbild|symbolfoto|archivfoto|©)(?: ?[:|/]| [–-]) ?.{1,80}", r"(?:archivbild|symbolbild|symbolfoto|archivfoto)", r"(?:picture[- ]alliance|imago|dpa)(?: ?/ ?.{1,50})?", max_words=12, full_stop=False),
    row("tags", "de", r"(?:schlagworte|schlagwörter|stichworte?|themen|mehr zu|kategorien?|tags) ?: ?.{0,200}", max_words=24, full_stop=False),
)  # fmt: skip

TURKISH: tuple[Rule, ...] = (
    row("comment_form", "tr", r"(?:bir )?(?:yorum|cevap|yanıt) (?:yap(?:ın)?|yaz(?:ın)?|gönder(?:in)?|bırak(?:ın)?|ekle)(?: .{0,20})?", r"(?:tüm )?yorumlar(?:ı)? (?:gör|oku|göster)\w*", r"yoruma kapalı", r"ilk yorumu (?:sen|siz) .{1,20}", r"(?:cevabı|yanıtı) iptal et", opens=True),
    row("comment_form", "tr", r"e-?posta (?:hesabınız|adresiniz) yayı[mn]lanmayacak", r"gerekli alanlar", r"yorum yapabilmek için", r"yorum(?:lar)?ınız .{0,40}(?:onay|yayınlan)", mode=Mode.PART, opens=True),
    row("comment_count", "tr", r"\d+ yorum", r"yorum(?:lar)?(?: ?[:(]? ?\d+\)?)?"),
    row("navigation", "tr", r"(?:başa|yukarı|başa dön|yukarı çık|içeriğe geç|ana sayfa(?:ya dön)?|anasayfa|menü|ara|kapat)", r"(?:daha fazla|tümünü) (?:göster|yükle|gör)\w*"),
    row("previous_next", "tr", r"(?:önceki|sonraki) (?:haber|yazı|makale|sayfa)(?: .{1,120})?", r"(?:önceki|sonraki)(?: ?[:→←] ?.{0,140})?"),
    row("share", "tr", r"(?:bu )?(?:haberi |yazıyı )?paylaş(?:ın)?(?: (?:facebook|twitter|x|whatsapp|telegram|linkedin))*", r"(?:facebook|twitter|whatsapp|x)'?(?:ta|te|da|de) paylaş", r"bizi (?:takip edin|.{1,20} takip edin).{0,40}", r"(?:bağlantıyı|linki) kopyala", r"yazdır", r"beğen", opens=True),
    row("widget", "tr", r"(?:yükleniyor|lütfen bekleyin|dinle|kaydet|yazı boyutu.{0,20}|galeri|video|foto galeri|son dakika|canlı yayın|canlı|gündem|dünya|ekonomi|siyaset|spor)(?: haber(?:ler)?i?)?"),
    row("reading_time", "tr", r"(?:okuma süresi)[: ]{1,3}\d+ ?(?:dk|dakika)\.?", r"\d+ ?(?:dk|dakika)(?: okuma)?(?: süresi)?"),
    row("newsletter", "tr", r"(?:abone ol(?:un)?|kaydol(?:un)?|üye ol(?:un)?)(?: .{0,60})?", r".{0,60}\b(?:bültenimize|kanalımıza|bültene).{0,30}(?:abone|üye|kayıt|katıl).{0,30}", r"(?:e-?posta|haber) bülteni(?: .{0,30})?", r"uygulama(?:mızı|yı) indir.{0,40}", r"google news'?(?:te|de|'de)? .{0,30}(?:abone|takip).{0,20}", max_words=16, opens=True),
    row("paywall", "tr", r"(?:giriş yap(?:ın)?|üye girişi|oturum aç(?:ın)?)(?: .{0,30})?", r".{0,30}devamını okumak için .{0,60}"),
    row("advertisement", "tr", r"reklam(?:lar)?(?: .{0,20})?", r"sponsorlu(?: içerik)?(?: .{0,30})?", r"haberin devamı(?: .{0,30})?"),
    row("consent", "tr", r".{0,60}\bçerez(?:ler|leri)? (?:kullan|politika).{0,200}", r"(?:tümünü )?(?:kabul et|reddet)", r"gizlilik (?:politikası|sözleşmesi).{0,40}", r"kişisel verilerin korunması.{0,60}", max_words=50),
    row("related", "tr", r"(?:ilgili|benzer|diğer|önerilen|popüler) (?:haber|içerik|yazı|konu|makale)(?:ler|lar)?", r"(?:en )?çok (?:okunan|izlenen|konuşulan)(?:lar)?(?: haberler)?", r"(?:bunlar da|bu haber(?:ler)? de|bunlar) ilginizi çekebilir", r"(?:ayrıca|bunu da) (?:oku|bakın|okuyun)(?:yun)?", r"daha fazla(?: haber| bilgi)?", r"öne çıkanlar", r"son haberler", max_words=7, opens=True, full_stop=False),
    row("related", "tr", r"(?:ayrıca (?:oku|bakınız|okuyun)|ilgili haber|oku|okuyun|izle|bkz|ilginizi çekebilir|daha fazla)" + _INLINE, r"(?:haberin )?(?:devamı|detayları|ayrıntıları) için (?:tıkla|buraya).{0,30}"),
    row("byline", "tr", r"(?:haber|yazan|editör|muhabir|kaynak|yazar|haber merkezi|derleyen)(?: ?[:/] ?.{1,60})?", r"(?:aa|dha|iha|anka|reuters|afp|bbc türkçe|anadolu ajansı|demirören haber ajansı)(?: ?[/,|-] ?.{1,30})?", max_words=8, full_stop=False),
    row("copyright", "tr", r"(?:tüm |her )?(?:hakları|hakkı) saklıdır.{0,120}", r".{0,80}\b(?:izinsiz|kaynak gösterilmeden) (?:kopyalanamaz|kullanılamaz|alıntı|yayınlanamaz).{0,80}", max_words=40),
    row("timestamp", "tr", r"(?:yayın(?:lanma|lama)?(?: tarihi)?|güncelleme(?: tarihi)?|son güncelleme|oluşturulma(?: tarihi)?|giriş|tarih|eklenme)(?: tarihi)? ?:? ?.{0,30}\d.{0,30}", r"\d{1,2} \w{4,8} \d{4}(?:,? (?:pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar))?(?:[ ,|–-]{1,4}\d{1,2}[:.]\d{2})?", r"\d+ (?:dakika|saat|gün) önce", max_words=10, full_stop=False),
    row("photo_credit", "tr", r"(?:fotoğraf(?:lar)?|foto|görsel|kaynak|arşiv)(?: ?[:|/]| [–-]) ?.{1,80}", max_words=10, full_stop=False),
    row("tags", "tr", r"(?:etiketler|etiket|konular|kategori(?:ler)?|anahtar kelimeler)(?: ?: ?.{0,200})?", max_words=24, full_stop=False),
)  # fmt: skip

ROWS: tuple[Rule, ...] = (*GERMAN, *TURKISH)
