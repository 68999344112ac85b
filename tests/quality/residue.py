"""Boilerplate as a reader would spot it in a text that should be an article.

Owns a list of patterns, each with a name and a kind, and the count of lines that bear one. Written
from what pages say, not from the rules of ``dateline.text.clean``, which it neither imports nor
follows: it is the yardstick, so it must not grow from what it measures. A pattern is for a whole
line unless it begins with ``~``, which finds it anywhere in a line of up to ``LONG_CHARS``.

    residue(lines) -> matches
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

LONG_CHARS = 400
"""A longer line is a paragraph: what a reader meets in it is prose."""

EDGES = r"\s\W_"
"""What may stand around a label and still be read as the label: bullets, colons, arrows."""


class Pattern(NamedTuple):
    """One thing that a reader would call boilerplate."""

    name: str
    kind: str
    source: str


class Match(NamedTuple):
    """A line of the text that bears a pattern; the first in the list names it."""

    line: str
    name: str
    kind: str


PATTERNS: tuple[Pattern, ...] = (
    # Comments.
    Pattern("comment count", "comments", r"(?:\d[\d.,]*|no|add|show|all|view|hide) (?:comments?|replies|responses|thoughts)(?: (?:on|to) .{3,90})?|comments? ?[:(]* ?\d*\)?"),
    Pattern("comment count, elsewhere", "comments", r"(?:\d+|keine|sin|aucun|nessun|sem|нет|немає|brak) (?:kommentare?|comentarios?|commentaires?|commenti|commento|comentários?|комментари\w+|коментар\w+|yorum|reacties|komentarz\w*|komentar|تعليقات?|نظر)|(?:kommentare|comentarios|commentaires|commenti|comentários|комментарии|коментарі|yorumlar|reacties|komentarze|komentar|التعليقات|نظرات|コメント|评论)\W*\d*"),
    Pattern("leave a reply", "comments", r"(?:leave|write|post|add|submit) (?:a|your) (?:reply|comment|response).{0,40}|cancel reply|post comment|join the (?:conversation|discussion).{0,30}|be the first to comment.{0,20}"),
    Pattern("leave a reply, elsewhere", "comments", r"(?:schreiben? sie|hinterlassen sie|schreibe|kommentar (?:schreiben|verfassen|hinterlassen)|deja un|escribe un|laisser un|poster un|ajouter un|lascia un|scrivi un|deixe (?:um|seu|uma)|оставить|добавить|залишити|додати|bir (?:cevap|yorum|yanıt)|geef een|plaats een|dodaj|zostaw|tinggalkan|اترك|أضف|ارسال نظر|دیدگاهتان).{0,30}(?:kommentar|antwort|comentario|respuesta|commentaire|réponse|commento|risposta|comentário|resposta|комментарий|ответ|коментар|відповідь|yaz\w*|bırak\w*|reactie|komentarz\w*|odpowiedź|komentar|balasan|تعليقا?ً?|ردا?ً?|بنویسید)?.{0,20}"),
    Pattern("required fields", "comments", r"~required fields are marked|e-?mail (?:address )?will not be published|adresse (?:e-?mail|de messagerie) ne sera pas|e-?mail-?adresse wird nicht veröffentlicht|correo electrónico no será|e-?mail não será publicado|e-?mail non sarà pubblicato|mail не будет опубликован|posta hesabınız yayı|лектронної пошти не|لن يتم نشر عنوان"),
    Pattern("log in to comment", "comments", r"~(?:log ?in|sign in|logged in|register) to (?:post a |leave a |add a |join .{1,20})?comment|(?:einloggen|anmelden).{0,20}kommentieren|connectez-vous pour (?:commenter|réagir)|inicia sesión para comentar"),
    Pattern("somebody says", "comments", r".{2,40} (?:says|said|wrote|writes|schrieb|sagt|dice|a dit|пишет)(?: on| at| am)? ?[:,]|(?:reply|report|antworten|répondre|responder|rispondi|ответить|відповісти)(?:\W+(?:reply|report|like|share|link|melden))*"),
    Pattern("report comment", "comments", r"report (?:this )?(?:comment|abuse|post|an error|a typo)|(?:flag|report) as (?:inappropriate|abuse|spam)|(?:kommentar|beitrag) melden|signaler(?: un abus| ce commentaire)?"),
    Pattern("comment rules", "comments", r"~(?:your|our|the) comment(?:s|ing)? (?:policy|guidelines|rules)|comments are (?:closed|moderated|now closed|turned off)|commenting is (?:closed|disabled)|comments for this (?:thread|article|entry|post) are|kommentare sind (?:geschlossen|deaktiviert)|comentarios (?:están )?cerrados|les commentaires sont (?:fermés|clos)"),
    # Walking through the site.
    Pattern("back to top", "navigation", r"(?:back to|go to|return to|scroll to|top of|jump to|skip to)(?: the)? (?:top|main|content|navigation|page|home|main content|homepage).{0,15}|(?:zurück |nach |zum )*(?:oben|seitenanfang|zur startseite)|volver arriba|retour en haut|haut de page|torna (?:su|in alto)|voltar ao topo|наверх|вгору|başa dön|العودة إلى الأعلى|naar boven|do góry"),
    Pattern("menu words", "navigation", r"(?:home|menu|search|close|site ?map|contact(?: us)?|about us|faqs?|help|imprint|impressum|startseite|accueil|inicio|início|главная|головна|anasayfa|الرئيسية|صفحه اصلی)(?:\W+(?:home|menu|search|close|site ?map|contact(?: us)?|about us|faqs?|help|impressum|datenschutz))*"),
    Pattern("bread crumbs", "navigation", r"(?:home|startseite|accueil|inicio|início|главная|you are here|sie sind hier|vous êtes ici) ?[>»/›:|→].{2,80}"),
    Pattern("previous or next", "navigation", r"(?:«|‹|←|<+)? ?(?:previous|next|older|newer|prev|vorheriger?|nächster?|anterior|siguiente|précédente?|suivante?|precedente|successivo|próxim[oa]|предыдущ\w+|следующ\w+|попередн\w+|наступн\w+|önceki|sonraki|vorige|volgende|poprzedni\w*|następny)(?: (?:article|post|story|page|entry|image|artikel|beitrag|seite|entrada|artículo|article|articolo|artigo|статья|запись|новость|стаття|новина|haber|yazı|bericht|wpis|artykuł|post))?(?: ?[:»›→←>|-].{0,120})?"),
    Pattern("page n of m", "navigation", r"(?:page|seite|página|pagina|страница|сторінка|sayfa)? ?\d{1,3} ?(?:of|/|von|de|из|di|van) ?\d{1,3}|(?:pages?|seiten?)?\W*1(?:[ ,·]+\d{1,2}){1,12}\W*(?:next|weiter|»|last)?"),
    Pattern("show more", "navigation", r"(?:show|load|view|see|expand|mehr|weitere|ver|voir|afficher|mostra(?:r)?|показать|показати) (?:more|less|all|anzeigen|laden|más|todo|plus|tout|mais|altro|ещё|еще|більше)"),
    # Sharing.
    Pattern("share bar", "share", r"(?:share|tweet|like|pin|e-?mail|save|print|send|facebook|twitter|x|whats ?app|telegram|linkedin|pinterest|reddit|tumblr|digg|delicious|stumbleupon|instagram|youtube|google\+?|xing|messenger|flipboard|pocket|rss|sms|vk|bluesky|threads|mail|copy link|more)(?:[\s,|/·•&+]+(?:this|on|via|to|by|and|share|tweet|like|pin|e-?mail|save|print|send|facebook|twitter|x|whats ?app|telegram|linkedin|pinterest|reddit|tumblr|digg|delicious|stumbleupon|instagram|youtube|google\+?|xing|messenger|flipboard|pocket|rss|sms|vk|bluesky|threads|mail|copy link|more|a friend|article|story|page|post)){0,16}"),
    Pattern("share this", "share", r"(?:please )?share(?: (?:this|the|your|on|via|with|it)\b).{0,50}|click to share.{0,50}|(?:e-?mail|print|tweet|bookmark|send) (?:this|to a friend|the)(?: (?:article|story|page|post|link))?.{0,12}|sharing is caring.{0,20}|spread the (?:word|love)"),
    Pattern("share this, elsewhere", "share", r"(?:artikel |beitrag |diesen artikel )?(?:teilen|weiterempfehlen|drucken|versenden|merken)(?:\W+(?:auf|per|via|mit)?\W*(?:teilen|drucken|versenden|facebook|twitter|whatsapp|mail|e-mail|merken|kommentieren))*|compart(?:ir|e|ilhar|ilhe)(?: .{1,30})?|partager(?: .{1,30})?|condividi(?: .{1,30})?|поделиться.{0,25}|поділитися.{0,25}|paylaş.{0,25}|deel (?:dit|via|op).{0,25}|udostępnij.{0,25}|bagikan.{0,25}|شارك(?: .{0,25})?|مشاركة(?: .{0,25})?|اشتراک ?گذاری.{0,25}|imprimer|imprimir|stampa|распечатать|yazdır|طباعة|シェア(?:する)?|分享.{0,12}"),
    Pattern("follow us", "share", r"(?:follow|find|like|join) (?:us|me|@\w+|dateline)\b.{0,60}|(?:follow|find|like) .{2,30} on (?:facebook|twitter|instagram|x|youtube|linkedin|google news|telegram|whatsapp).{0,50}|folgen sie uns.{0,50}|s[ií]gu(?:e|a)nos.{0,50}|suivez-nous.{0,50}|seguici.{0,50}|siga-nos.{0,50}|подписывайтесь.{0,60}|підписуйтесь.{0,60}|bizi .{0,25}takip.{0,30}|تابعنا.{0,50}|تابعونا.{0,50}|volg ons.{0,40}|ikuti kami.{0,40}"),
    Pattern("share counts", "share", r"\d[\d.,]*k? (?:shares?|likes?|tweets?|views?|retweets?|followers|reads?|aufrufe|vues|visualizaciones|просмотр\w*|перегляд\w*)|(?:shares?|likes?|tweets?|views?|hits|aufrufe|просмотров|переглядів)\W+\d[\d.,]*k?|like loading\W*|like this\W*"),
    Pattern("copied link", "share", r"(?:link copied|copy (?:the )?(?:link|url)|link kopieren|copier le lien|copiar (?:enlace|link)|copia link|скопировать ссылку|bağlantıyı kopyala).{0,20}|(?:perma|short)-?link.{0,50}|trackback.{0,60}"),
    # Newsletters, applications, walls.
    Pattern("newsletter box", "newsletter", r"(?:sign up|subscribe|register|get|receive|join)\b.{0,90}(?:newsletter|inbox|e-?mails?|briefing|alerts?|mailing list|updates|digest).{0,50}|(?:our |the |daily |weekly |free )*newsletters?(?: sign ?up)?"),
    Pattern("newsletter box, elsewhere", "newsletter", r"(?:abonnieren|melden|erhalten|bestellen|jetzt|unser|zum|suscr[ií]b\w+|recib[ae]\w*|inscri\w+|abonne\w+|recevez|iscriviti|ricevi|assine|receba|подпи\w+|підпи\w+|abone|kaydol|schrijf|ontvang|zapisz|اشترك|سجل|عضویت).{0,70}(?:newsletter|boletín|lettre|bulletin|correo|e-?mail|рассылк\w+|розсилк\w+|bülten\w*|nieuwsbrief|النشرة|خبرنامه|канал\w*|telegram).{0,40}"),
    Pattern("subscribe", "newsletter", r"(?:subscribe|sign ?up|register|subscribe now|subscribe today|subscriptions?|stay (?:informed|connected|tuned|in touch|up to date)|abonnieren|s'abonner|abonnez-vous|suscríbete|suscribirse|iscriviti|assine|подписаться|підписатися|abone ol|zapisz się|اشترك)(?: (?:now|today|here|to .{3,50}|jetzt|free|for free|maintenant))?"),
    Pattern("download the app", "newsletter", r"(?:download|get|install) (?:the|our|your).{0,30}\bapps?\b.{0,50}|(?:google play|app store)(?:\W+(?:google play|app store))?|(?:laden sie|descarga|téléchargez|scarica|baixe|скачайте|завантажте|indir).{0,30}\b(?:app|aplicación|application|приложение|застосунок|uygulama\w*)\b.{0,40}"),
    Pattern("unsubscribe", "newsletter", r"~unsubscribe at any time|by (?:signing up|subscribing|registering|clicking|submitting)[^.]{0,50}you (?:agree|accept|consent)"),
    Pattern("enter your e-mail", "newsletter", r"(?:enter |your |type your |enter your )?e-?mail(?: address)?(?: here)?|(?:deine|ihre) e-?mail-?adresse|votre (?:e-?mail|adresse e-?mail)|(?:tu|su) (?:e-?mail|correo(?: electrónico)?)|la tua e-?mail|seu e-?mail|ваш e-?mail|e-posta adresiniz"),
    Pattern("support us", "newsletter", r"(?:support (?:us|our|independent)|donate|become a (?:member|supporter|patron|subscriber)|make a donation|contribute|spenden|jetzt spenden|faire un don|soutenez|dona ora|поддержите|підтримайте|buy me a coffee)\b.{0,60}"),
    Pattern("wall", "wall", r"(?:log|sign) ?in(?: (?:here|now|to .{3,60}))?|(?:already|not) (?:a |an )?(?:subscriber|member|registered).{0,50}|(?:subscribe|register|sign in|log in) to (?:read|continue|access|unlock|keep).{0,60}|(?:anmelden|einloggen|registrieren|login|logout|log ?out|my account|mein konto|iniciar sesión|connexion|se connecter|accedi|entrar|войти|увійти|giriş yap|تسجيل الدخول)|(?:this|der|cet) (?:article|content|story|artikel|inhalt|article) (?:is|ist|est) (?:for|only|exclusiv\w*|réservé\w*|nur).{0,60}"),
    Pattern("free articles left", "wall", r"~you(?:'ve| have|’ve) (?:reached|used|read) (?:your|all|\d).{0,30}(?:articles|limit|stories)|to continue reading,? (?:please )?(?:subscribe|log|sign|register)|sie haben noch .{0,30}artikel"),
    # Elsewhere.
    Pattern("read more", "elsewhere", r"(?:read|see|learn|find out|discover|explore) (?:more|on|the full (?:story|article)|full (?:story|article))(?: (?:here|about|at|on|from|in) ?.{0,60})?|continue reading.{0,60}|more\W*|(?:full story|weiterlesen|mehr lesen|mehr|leer más|seguir leyendo|lire la suite|lire plus|en savoir plus|leggi tutto|continua a leggere|leia mais|saiba mais|читать (?:далее|дальше|полностью)|подробнее|читати далі|детальніше|devamını oku|daha fazla|lees (?:meer|verder)|czytaj (?:więcej|dalej)|baca selengkapnya|اقرأ المزيد|المزيد|続きを読む|阅读更多)"),
    Pattern("read also", "elsewhere", r"(?:also read|read also|see also|read next|must read|don['’]t miss|lesen sie auch|lea también|lee también|lire aussi|à lire aussi|à lire également|voir aussi|leggi anche|leia também|veja também|читайте также|смотрите также|читайте також|дивіться також|ayrıca oku\w*|lees ook|czytaj (?:także|też|również)|zobacz (?:także|też|również)|baca juga|اقرأ أيضا?ً?|إقرأ أيضا?ً?|شاهد أيضا?ً?|بیشتر بخوانید|همچنین بخوانید|यह भी पढ़ें|関連記事|相关阅读)(?!\w).{0,160}"),
    Pattern("inline related", "elsewhere", r"(?:read more|related|more|watch|recommended|see|read|listen|related (?:story|article|stories|articles)|more on this|more from .{2,30}|in pictures|opinion|up next) ?(?:[:|»>]| [–—]) ?.{5,160}"),
    Pattern("related box", "elsewhere", r"(?:related|recommended|similar|more|other|further|associated)(?: (?:articles?|stories|story|posts?|news|content|topics|links?|reading|coverage|videos?|items|documents|searches|resources))+|related|recommended(?: for you| by)?|verwandte (?:artikel|themen|beiträge)|ähnliche (?:artikel|beiträge)|(?:mehr )?zum thema|weitere (?:artikel|themen|meldungen|nachrichten|beiträge|informationen)|(?:noticias|artículos|notas|contenidos?) relacionad[oa]s|articles (?:liés|similaires|connexes|associés)|sur le même (?:sujet|thème)|articoli correlati|(?:notícias|matérias|artigos|posts) relacionad[oa]s|похожие .{3,20}|по теме|материалы по теме|схожі .{3,20}|(?:ilgili|benzer) haberler|gerelateerd.{0,20}|powiązane.{0,20}|berita terkait|مواضيع ذات صلة|(?:مقالات|أخبار) (?:ذات صلة|مشابهة)|(?:مطالب|اخبار) مرتبط"),
    Pattern("most read", "elsewhere", r"(?:most|best) (?:read|popular|viewed|shared|commented|watched|discussed|recent|e-?mailed)(?: .{2,25})?|(?:trending|popular)(?: (?:now|today|posts|stories|articles|news|topics|this week))?|editor'?s'? (?:picks?|choice)|top (?:stories|news|posts|articles|headlines)|(?:latest|recent) (?:news|posts|stories|articles|headlines|comments|videos)(?: .{2,25})?|meist ?gelesen\w*.{0,20}|lo más (?:leído|visto|popular).{0,15}|les plus (?:lus|vus|populaires|partagés).{0,15}|i più letti|mais lid[ao]s|(?:самое )?(?:читаемое|популярное|обсуждаемое)|найпопулярніше|(?:en )?çok okunan\w*|meest gelezen|najczęściej czytane|terpopuler|الأكثر (?:قراءة|مشاهدة)|پربازدید\w*|последние новости|останні новини|son dakika|آخر الأخبار|ultime notizie|últimas noticias|últimas notícias"),
    Pattern("you may also like", "elsewhere", r"you (?:may|might|will|could)(?: also)? (?:like|enjoy|be interested|love|want).{0,40}|what to read next|around the web|from (?:the|around the|our) (?:web|archives?|partners|sponsors|network)|das könnte (?:sie|dich|ihnen) auch.{0,25}|auch interessant|te puede interesar.{0,20}|también te puede.{0,20}|vous (?:aimerez|pourriez) (?:aussi|aimer).{0,25}|potrebbe(?:ro)? interessar.{0,20}|você (?:também )?(?:pode|vai) gostar.{0,20}|вам может (?:быть интересно|понравиться)|вас може зацікавити|ilginizi çekebilir.{0,20}|قد يعجبك.{0,15}|قد يهمك.{0,15}"),
    Pattern("click here", "elsewhere", r"(?:please )?click (?:here|on|the)\b.{0,100}|(?:klicken sie hier|haga clic|haz clic|cliquez|clicca|clique|нажмите|натисніть|tıklayın|klik|kliknij|اضغط|انقر).{0,60}"),
    Pattern("source link", "elsewhere", r"(?:source|via|sources|quelle|quellen|fuente|fonte|источник|джерело|kaynak|bron|źródło|sumber|المصدر|منبع|hat tip|h/t) ?[:–-] ?.{2,60}|(?:https?://|www\.)\S+|(?:original|full) (?:article|story|post|text|source)(?: ?[:|at].{0,60})?"),
    Pattern("links", "elsewhere", r"(?:external |useful |quick |other )?links?|linkliste|enlaces|liens|ссылки|downloads?(?: .{2,15})?|pdf(?: \(?[\d.,]+ ?[km]b\)?)?"),
    # Time and credit.
    Pattern("reading time", "time", r"(?:estimated )?(?:reading|read) time\W*.{0,15}|\d+[ -]?min(?:ute)?s?(?: |-)?(?:read|reading|lesezeit|de lectura|de lecture|di lettura|de leitura|чтения|читання|okuma|lezen|czytania)?|(?:lesezeit|lesedauer|tiempo de lectura|temps de lecture|tempo di lettura|tempo de leitura|время (?:чтения|на чтение)|час (?:читання|на читання)|okuma süresi|leestijd|مدة القراءة|وقت القراءة|زمان مطالعه)\W.{0,20}|\d+ words?"),
    Pattern("time stamp", "time", r"(?:(?:last |first )?(?:updated?|published|posted|modified|created|printed|added|submitted|filed|date)(?: on| at| by)?\W*)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\W{1,3})?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?[ -]\d{2,4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:.{0,6}\d{1,2}[:.h]\d{2}.{0,25})?"),
    Pattern("time stamp, elsewhere", "time", r"(?:(?:veröffentlicht|aktualisiert|erstellt|stand|geändert|publicado|actualizado|publié|mis à jour|modifié|pubblicato|aggiornato|atualizado|опубликовано|обновлено|опубліковано|оновлено|yayın\w*|güncelle\w*|giriş|gepubliceerd|opublikowano|diterbitkan|نشر في|آخر تحديث|تاريخ النشر|تاریخ انتشار)(?: (?:am|el|le|il|em|в|о|tarihi|op|um|à|às))?\W*.{0,12}\d.{0,40})|(?:(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\W{1,3})?\d{1,2}\.? (?:de )?(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık)(?: de)? \d{4}(?:.{0,8}\d{1,2}[:.h]\d{2}.{0,8})?"),
    Pattern("time ago", "time", r"(?:(?:updated|published|posted)\W*)?(?:\d+|an?|one) (?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s? ago.{0,20}|vor \d+ (?:minuten?|stunden?|tagen?)|hace \d+ (?:minutos?|horas?|días?)|il y a \d+ (?:minutes?|heures?|jours?)|há \d+ (?:minutos?|horas?|dias?)|\d+ (?:минут\w*|час\w*|дн\w*|день) назад|\d+ (?:хвилин\w*|годин\w*|дн\w*) тому|\d+ (?:dakika|saat|gün) önce|منذ \d* ?(?:دقائق|دقيقة|ساعات|ساعة|أيام|يوم)"),
    Pattern("clock", "time", r"(?:at )?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?| uhr| h| gmt| e[sd]?t| cet)*(?! ?%)"),
    Pattern("byline", "credit", r"(?:(?:written|posted|published|submitted|reported|story|text|article|words) )?by:? (?-i:[A-Z])[\w.'’-]+(?: (?-i:[A-Z])[\w.'’-]+| (?:and|of|for|the|de|van|von|al)\b|,){0,7}(?:.{0,4}(?:on|at|in|\d).{0,40})?|(?:posted|published|submitted|written) by .{2,60}|(?:author|autor|auteur|autore|автор|yazar|muhabir|الكاتب|نویسنده)\W{1,3}.{2,50}|(?:von|par|por|di|door) (?-i:[A-ZÄÖÜÉ])[\w.'’-]+(?: (?-i:[A-ZÄÖÜÉ])[\w.'’-]+){1,3}|بقلم .{2,40}"),
    Pattern("agency line", "credit", r"(?:the )?(?:associated press|ap|afp|reuters|dpa|efe|ansa|lusa|tass|тасс|риа новости|интерфакс|укрінформ|pti|ani|xinhua|staff (?:writer|reporter)|our (?:correspondent|reporter)|web desk|news desk|رويترز|أ ف ب|إيرنا)(?:\W+(?:staff|ap|afp|reuters|dpa|sid|red))*"),
    Pattern("about the author", "credit", r"about (?:the )?(?:author|writer|contributor)s?.{0,40}|(?:über|zur) (?:den |die )?(?:autor|autorin|person).{0,20}|(?:sobre|acerca de) (?:o|el|la) autora?.{0,20}|об авторе|à propos de l'auteur|view all posts.{0,40}|(?:more|all) (?:articles|posts|stories) by .{2,40}|alle (?:artikel|beiträge) von .{2,40}"),
    Pattern("author's contact", "credit", r"~(?:follow|contact|reach|e-?mail) (?:him|her|them|the (?:author|writer|reporter)) (?:on|at|via|by)\b|(?:him|her|me) on twitter"),
    Pattern("photo credit", "credit", r"(?:photo|image|picture|photograph|photos|images|foto|fotos|bild|bilder|fotografía|imagen|imagem|crédit|crédit photo|credit|immagine|фото|зображення|fotoğraf|görsel|zdjęcie|fot|تصوير|الصورة|عکس|写真)(?: (?:credit|by|courtesy|source|via|copyright|caption|de|von|d'archives?))*(?: ?[:/©]| by| courtesy) ?.{2,90}|(?:getty images|shutterstock|istock\w*|imago|picture alliance|reuters|afp|epa)(?: ?[/,–-].{2,40})?|.{2,50}/(?:getty images|afp|reuters|ap|epa|dpa|imago)(?: images)?|©.{2,60}"),
    Pattern("originally appeared", "credit", r"~(?:originally|first) (?:published|posted) (?:on|in|at)|originally appeared (?:on|in|at)|appeared first on|republished (?:with|from|under)|(?:zuerst|ursprünglich) erschienen|publié initialement|publicado originalmente"),
    Pattern("contributed", "credit", r"(?:reporting|editing|additional reporting|writing|compiled) by .{3,120}|with (?:inputs?|agency inputs|files|reporting|additional reporting) from .{2,60}|.{3,120} contributed to this (?:report|article|story).{0,10}"),
    Pattern("filed under", "credit", r"(?:tags?|tagged(?: (?:with|as|in|under))?|topics?|keywords?|categor(?:y|ies)|filed under|posted in|labels?|filed in|schlagw[oö]rte?r?|stichw[oö]rter?|themen|etiquetas|temas|categorías?|mots[- ]clés|étiquettes|catégories?|argomenti|категори[ия]|теги|метки|рубрики?|мітки|etiketler|trefwoorden|tagi|كلمات مفتاحية|الوسوم|برچسب\w*)(?:\W+.{0,140})?"),
    Pattern("hash tail", "credit", r"(?:#[\w-]{2,40}[\s,|·]*){1,20}"),
    # Law.
    Pattern("copyright", "law", r"~all rights reserved|rights reserved\W*\Z|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|все права защищены|усі права захищен|hakları saklıdır|جميع الحقوق محفوظة|may not be (?:published|reproduced|redistributed)|wszelkie prawa zastrzeżone"),
    Pattern("copyright sign", "law", r"(?:copyright|©|\(c\)|&copy;).{0,140}"),
    Pattern("licence", "law", r"~(?:licensed|published|available|lizenziert|veröffentlicht|sous licence|bajo licencia).{0,30}creative commons|licensed under (?:a|the)|under a cc[ -]by|licence cc|distributed under the terms"),
    Pattern("opinions are the author's", "law", r"~(?:opinions|views) expressed (?:here|in this|by|are)|not necessarily (?:reflect|represent)|(?:contains?|enthält|contient|use) affiliate links?\b|may earn a (?:small )?commission"),
    Pattern("cookies", "law", r"~(?:uses?|using|accept|use of) cookies|cookies? (?:policy|settings|preferences|consent)|(?:verwende\w*|nutz\w*|utilis\w*|utiliz\w*|usa\w*|использу\w*|використов\w*) (?:des |файлы |файли )?cookies|çerez(?:ler)? kullan|ملفات تعريف الارتباط"),
    Pattern("privacy and terms", "law", r"(?:privacy|cookies?|terms|legal)(?: (?:policy|notice|statement|settings|and conditions|& conditions|of (?:use|service)))?(?:\W+(?:and )?(?:privacy|cookies?|terms|contact|imprint|legal)(?: (?:policy|notice|statement|of (?:use|service)))?)*|datenschutz(?:erklärung)?|impressum|aviso legal|política de privacidad\w*|mentions légales|politique de confidentialité|(?:terms|agb)(?: and conditions)?|disclaimer"),
    Pattern("advertisement", "law", r"adverti[sz]e?ments?.{0,30}|adverti[sz]ing|ads?(?: by .{2,20}| choices| feedback)?|sponsored(?: (?:content|by|links?|post).{0,30})?|promoted.{0,20}|anzeigen?|werbung|publicidad|publicité|pubblicità|publicidade|реклама|reklam|advertentie|reklama|iklan|إعلان|تبلیغات|广告|広告|(?:story|article) continues (?:below|after).{0,30}|(?:scroll|swipe) (?:down )?(?:to|for) .{2,30}"),
    Pattern("e-mail protection", "law", r"~\[e-?mail.protected\]|protected from spam ?bots|you need javascript enabled to view it|adresse e-mail est protégée|dirección de correo electrónico está siendo protegida"),
    Pattern("captcha", "law", r"~re-?captcha|captcha code|type the (?:characters|text|word)s? .{0,20}(?:image|picture|box)|spam protection"),
    Pattern("data use", "law", r"~(?:we|wir|nous|nosotros|noi|nós) (?:and|und|et|y|e) (?:our|unsere|nos|nuestros|i nostri|nossos) (?:\d+ )?(?:partners?|partner|partenaires|socios|parceiros)|store and/or access information on a device"),
    Pattern("not responsible", "law", r"~not responsible for the content of external|terms (?:and conditions )?apply\W*\Z|keine haftung für|no se hace responsable de las opiniones|материалы.{0,20}(?:запрещен|разрешен)\w*|при (?:использовании|цитировании|перепечатке) материалов|(?:передрук|використання) матеріалів|reprodução (?:total|proibida)|reproduction (?:interdite|in whole)"),
    # Machines.
    Pattern("script or browser", "machine", r"~(?:enable|activate|turn on|requires?) java ?script|java ?script (?:is|must be) (?:disabled|enabled|required)|your browser (?:does|is|doesn)|flash player|ihr browser unterstützt|aktivieren sie javascript|(?:video|audio|media|content) (?:could not|cannot|can't|is not) (?:be )?(?:loaded|played|available)"),
    Pattern("loading", "machine", r"(?:loading|please wait|wird geladen|cargando|chargement|caricamento|carregando|загрузка|завантаження|yükleniyor|جاري التحميل)\W*"),
    Pattern("print and font", "machine", r"(?:print(?:er)?(?:[- ]friendly)?(?: (?:version|this page|page|article|edition|format))?|text ?size.{0,15}|font ?size.{0,15}|(?:increase|decrease|larger|smaller|bigger) (?:text|font).{0,10}|schriftgröße.{0,15}|druckversion|artikel drucken|version imprimable|versione stampabile|versión para imprimir|версия для печати|a ?[-+] ?a ?[-+].{0,6})"),
    Pattern("player", "machine", r"(?:play|pause|mute|unmute|listen(?: to (?:this|the) (?:article|story))?|watch(?: (?:now|live|the video|video))?|play video|video|audio|photos?|gallery|slideshow|view (?:gallery|slideshow|photos?|larger image|image)|enlarge(?: image| photo)?|click to enlarge.{0,10}|zoom|embed|fullscreen|download)(?:\W+\d.{0,12})?|(?:artikel|beitrag) (?:anhören|vorlesen)|bild(?:er)?strecke.{0,12}|escuchar|escuchar (?:el )?artículo|écouter(?: l'article)?"),
    Pattern("section label", "machine", r"(?:breaking(?: news)?|exclusive|opinion|analysis|live|news|world|politics|business|sports?|technology|entertainment|health|science|travel|lifestyle|culture|eilmeldung|срочно|эксклюзив|عاجل|son dakika)"),
    Pattern("feedback on the page", "machine", r"(?:was|is) this (?:article|page|story|post|answer|information).{0,40}|rate this.{0,30}|(?:war|ist) dieser (?:artikel|beitrag|inhalt).{0,25}|cet article vous a.{0,30}|\d+ votes?.{0,20}|(?:rating|average rating|bewertung)\W.{0,20}|yes\W+no|thank you for your (?:feedback|vote|rating).{0,20}|artikel bewerten|оцените .{3,25}|оцініть .{3,25}|te ha (?:sido|parecido) útil.{0,20}"),
    Pattern("bookmarks and tools", "machine", r"(?:bookmark|save|add to (?:favou?rites|reading list|my list|cart|basket)|saved|merkliste|lesezeichen|favoriten|ajouter aux favoris|guardar|salvar|сохранить|в закладки|kaydet)(?: .{2,20})?|rss(?: feed)?.{0,15}|e-?mail (?:alert|updates).{0,20}"),
    # Live pages, transcripts, embeds.
    Pattern("live blog furniture", "live", r"key (?:events|moments|developments|updates|points)(?: \(\d+\))?|(?:show )?key events only|pinned(?: post)?|(?:latest|new|more) updates?|(?:oldest|newest|latest) first|refresh(?: (?:the |this )?page)?.{0,20}|auto.?refresh.{0,10}|(?:updated|posted|entry) at \d.{0,25}|live (?:updates?|blog|coverage|feed|reporting|now|ticker)(?: .{2,30})?|this (?:live )?(?:blog|page|coverage) (?:is|has) (?:now )?(?:closed|ended).{0,30}"),
    Pattern("transcript furniture", "live", r"[\[(](?:music|applause|laughter|crosstalk|inaudible|silence|cheering|unintelligible|end video|begin video|commercial|soundbite|music playing)[^\])]{0,30}[\])]|(?:full |rush |read |read the |episode )*transcript(?: .{0,20})?|this is a rush transcript.{0,90}|transcripts? (?:are|is|provided) .{5,120}"),
    Pattern("embedded post", "live", r"(?:pic\.twitter\.com|t\.co|https?://t\.co)/\S+|[—–-]+ ?.{2,60}\(@\w{2,30}\).{0,40}|view (?:this )?(?:post |photo |tweet )?on (?:instagram|twitter|x|facebook|threads|tiktok|youtube)|a (?:post|photo|video) (?:shared|posted) by .{2,90}|@\w{2,30}|(?:twitter|facebook|instagram|youtube|tiktok) (?:post|embed|content|video)"),
    Pattern("embedded post's end", "live", r"~pic\.twitter\.com/\w+|\(@\w{2,20}\) (?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*\.? \d{1,2}, \d{4}\W*\Z"),
    Pattern("external content", "live", r"~(?:externer inhalt|externe inhalte|empfohlener redaktioneller inhalt|contenu externe|external content|this content is hosted by|to view this content, you|an dieser stelle (?:befindet|finden))"),
    Pattern("poll", "live", r"(?:poll|vote now|cast your vote|view results|vote|abstimmen|umfrage|votar|encuesta|sondage|опрос|anket).{0,12}|total votes.{0,15}"),
    Pattern("contact the newsroom", "contact", r"(?:have|got|do you have) (?:a |any )?(?:news )?(?:tips?|stor(?:y|ies)|questions?|something to say).{0,80}\?.{0,100}|(?:for|more|further) (?:more |further )?information,?(?: please)? (?:contact|visit|call|see|go to).{0,120}|(?:media|press) (?:contact|enquiries|inquiries)s?.{0,80}|contact (?:us|the (?:author|editor|newsroom))\b.{0,80}"),
    Pattern("address and phone", "contact", r"(?:tel|phone|fax|telefon|teléfono|téléphone|тел|e-?mail)\W{1,3}[\w+ ()./@-]{5,60}|[\w.+-]+@[\w-]+\.[\w.]{2,12}"),
    Pattern("typo note", "contact", r"~(?:нашли|увидели|заметили) (?:ошибку|опечатку)|(?:знайшли|помітили) помилку|ctrl ?\+ ?enter|spotted (?:an error|a mistake|a typo)|fehler (?:gefunden|entdeckt|melden)|une erreur dans l'article|suggest a correction"),
    Pattern("machine translation note", "machine", r"(?:this (?:article|text|page) (?:was|has been) (?:automatically |machine[- ])?translated|translated (?:by|with) (?:google|deepl|ai|a machine)|(?:view|read) (?:this )?in (?:english|spanish|french|german|arabic)|select language|choose (?:your )?language|sprache wählen).{0,80}"),
    Pattern("captions and subtitles", "machine", r"(?:image|photo|video|media) caption\W?.{0,160}|(?:file|stock|archive|representational|illustrative) (?:photo|image|picture)s?\W?.{0,80}|symbolbild\W?.{0,60}|archivbild\W?.{0,60}|foto de archivo\W?.{0,60}|photo d'illustration\W?.{0,60}|архивное фото\W?.{0,40}|أرشيفية|صورة أرشيفية.{0,40}"),
    Pattern("weather and markets", "machine", r"(?:weather|wetter|météo|el tiempo|погода|hava durumu)(?: .{2,25})?|(?:quotes|market data|data) (?:delayed|provided by|powered by).{0,60}"),
    Pattern("push notes", "newsletter", r"(?:turn on|enable|allow|receive|activer|activar|aktivieren) (?:push )?(?:notifications?|desktop notifications|benachrichtigungen|les notifications|notificaciones).{0,40}|(?:benachrichtigungen|notificaciones|уведомления|сповіщення)\W?"),
    Pattern("whatsapp channel", "newsletter", r"(?:join|follow|subscribe to|únete a|entre no|rejoignez|тэлеграм|вступайте в|приєднуйтесь до|انضم إلى|folgen sie|katılın|gabung|ikuti).{0,30}(?:whats ?app|telegram|viber|line|signal|телеграм\w*|واتساب|تلغرام|تيليغرام).{0,50}"),
    Pattern("google news", "newsletter", r".{0,50}(?:on|bei|en|sur|su|no|в|у|على) google (?:news|noticias|actualités|notizie|notícias|новост\w+|новин\w+|أخبار).{0,30}"),
    Pattern("trust badge", "site", r"(?:why you can trust|our standards|editorial (?:standards|policy|guidelines)|the trust project|how we (?:report|work)|corrections? policy|ethics policy|fact[- ]?check(?:ed)? by).{0,50}"),
    Pattern("shop", "shop", r"(?:add to (?:cart|basket|bag)|buy (?:now|it now|tickets|online)|order (?:now|online)|in den warenkorb|jetzt kaufen|checkout|shop now|check price|comprar|acheter|купить)(?: .{2,20})?|(?:buy|find|order) .{2,60} (?:on|at|from) amazon.{0,20}"),
    Pattern("site's own praise", "site", r"powered by .{2,40}|(?:proudly )?(?:designed|built|hosted|developed|created) by .{2,40}|(?:wordpress|blogger|joomla|typo3)|this site uses akismet.{0,80}|.{2,40} theme by .{2,40}"),
    Pattern("bare separator", "site", r"[-–—_*=•·~|#.\s]{1,80}"),
)  # fmt: skip
"""In the order in which a line is asked; written in the languages of many sites, English first."""

_WHOLE_CHARS = 220
"""A label with what belongs to it is shorter than this."""

_COMPILED = tuple(
    (
        one,
        re.compile(one.source[1:], re.IGNORECASE)
        if one.source.startswith("~")
        else re.compile(rf"[{EDGES}]*(?:{one.source})[{EDGES}]*\Z", re.IGNORECASE),
    )
    for one in PATTERNS
)


def named(line: str) -> Pattern | None:
    """Return what a reader would call the line, or None for a line of an article."""
    text = line.strip().replace("\xa0", " ")
    if not text or len(text) > LONG_CHARS:
        return None
    for one, pattern in _COMPILED:
        if one.source.startswith("~"):
            if pattern.search(text):
                return one
        elif len(text) <= _WHOLE_CHARS and pattern.match(text):
            return one
    return None


def residue(lines: Iterable[str]) -> list[Match]:
    """Return the lines that a reader would call boilerplate, each once, in order."""
    found = ((line, named(line)) for line in lines)
    return [Match(line.strip(), one.name, one.kind) for line, one in found if one is not None]
