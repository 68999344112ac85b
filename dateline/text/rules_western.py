"""Furniture in Italian, Polish and Dutch.

Owns rows for the main kinds; what looks alike in all languages stands in ``rules_english_story``.
"""

from dateline.text.rules import Mode, Rule, row

_INLINE = r"(?: ?[:|»>]| [–—-]) ?.{1,200}"
_NETWORK = r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|instagram|messenger|e-?mail|pinterest|threads)"

ITALIAN: tuple[Rule, ...] = (
    row("comment_form", "it", r"(?:lascia|scrivi|aggiungi|invia|pubblica|inserisci) (?:un|il tuo|la tua) (?:commento|risposta)(?: .{0,20})?", r"annulla risposta", r"(?:leggi|vedi|mostra|apri) (?:tutti )?(?:i )?commenti(?: .{0,12})?", r"commenti (?:chiusi|disabilitati).{0,20}", r"(?:accedi|effettua (?:il )?login|registrati) per commentare.{0,20}", opens=True),
    row("comment_form", "it", r"(?:il tuo )?indirizzo e-?mail non sarà pubblicato", r"i campi obbligatori sono contrassegnati", r"salva il mio nome, e-?mail", mode=Mode.PART, opens=True),
    row("comment_count", "it", r"(?:\d+|nessun) comment[oi]", r"comment[oi](?: ?[:(]? ?\d+\)?)?"),
    row("navigation", "it", r"(?:torna|vai) (?:su|in alto|all'inizio|alla home(?: ?page)?|indietro|al contenuto.{0,20})", r"(?:menù?|cerca|chiudi|home ?page|mostra (?:altro|meno|tutto)|carica altri?.{0,12}|vedi tutt[io])"),
    row("previous_next", "it", r"(?:articolo|notizia|post|pagina) (?:precedente|successiv[oa])(?: .{1,120})?", r"(?:precedente|successiv[oa])(?: ?[:»«→←] ?.{0,140})?"),
    row("share", "it", rf"condividi(?:lo|la)?(?: (?:su|via|con|questo|questa|l'|articolo|notizia|tramite|{_NETWORK}))*", r"seguici (?:su|anche su|sui) .{1,80}", r"copia (?:il )?link", r"(?:stampa|invia per e-?mail|segnala)(?: (?:articolo|questo articolo|via mail))?", r"mi piace(?: .{0,12})?", opens=True),
    row("widget", "it", r"(?:caricamento(?: in corso)?|ascolta(?: l'articolo| la notizia)?|dimensione (?:del )?testo|ultim'ora|in diretta|diretta|esclusiva|cronaca|politica|esteri|economia|mondo|video|foto|fotogallery|sport)"),
    row("reading_time", "it", r"(?:tempo di lettura|lettura)[: ]{1,3}(?:circa )?\d+ ?min(?:uti|uto)?\.?", r"\d+ min(?:uti|uto)?\.? (?:di )?lettura"),
    row("newsletter", "it", r"(?:iscriviti|registrati|abbonati)(?: .{0,80})?", r"(?:ricevi|resta aggiornato|rimani aggiornato).{0,80}", r"(?:la nostra |la )?newsletter(?: .{0,30})?", r"scarica (?:la nostra|l'|la).{0,4}app.{0,50}", r"(?:segui|entra).{0,40}(?:canale|whatsapp|telegram|google news).{0,40}", max_words=18, opens=True, full_stop=False),
    row("paywall", "it", r"(?:accedi|login|effettua il login)(?: .{0,30})?", r"(?:contenuto|articolo) (?:riservato|esclusivo|premium).{0,40}", r"(?:sei già|già) abbonat[oa]\??.{0,30}", max_words=12),
    row("advertisement", "it", r"(?:annuncio )?pubblicit(?:à|ario)(?: .{0,12})?", r"(?:contenuto )?sponsorizzato.{0,30}", r"(?:l'articolo )?continua (?:dopo|sotto) la pubblicità"),
    row("consent", "it", r"(?:utilizziamo|usiamo|questo sito (?:web )?(?:utilizza|usa)) .{0,20}cookie.{0,300}", r"(?:accetta|rifiuta|gestisci)(?: (?:tutti|tutto|i cookie|e continua|le preferenze|preferenze))*", r"(?:informativa|politica) (?:sulla privacy|sui cookie|privacy|cookie).{0,40}", r"(?:noi e i )?nostri (?:\d+ )?partner.{0,200}", max_words=60),
    row("related", "it", r"(?:leggi|guarda|vedi) (?:anche|tutto|altro|ancora)(?: su .{1,30})?", r"(?:articoli|notizie|contenuti|argomenti|temi) (?:correlat[ie]|simili|collegat[ie]|consigliat[ie]|recenti|suggeriti)", r"(?:i |le )?più (?:lett[ie]|vist[ie]|popolari|recenti|condivis[ie])(?: .{0,20})?", r"potrebbe(?:ro)? (?:anche )?interessar(?:ti|vi)(?: .{0,12})?", r"(?:approfondi(?:sci|menti)|ultime notizie|altre notizie|da non perdere|in evidenza|sullo stesso argomento)", max_words=8, opens=True, full_stop=False),
    row("related", "it", r"(?:leggi|guarda|vedi|ascolta)(?: (?:anche|qui|l'articolo|il video|pure))*(?: su)?" + _INLINE, r"leggi anche .{1,160}", r"(?:approfondimento|per approfondire|correlati)" + _INLINE, r"(?:clicca|cliccate) qui.{0,80}", r"continua a leggere(?: .{0,30})?", r"leggi (?:tutto|l'articolo completo)", full_stop=False, max_words=28),
    row("byline", "it", r"(?:di|a cura di|scritto da|pubblicato da) (?-i:[A-ZÀÈÌÒÙ])[\w.'-]+(?: (?:(?-i:[A-ZÀÈÌÒÙ])[\w.'-]+|de|di|del|della|e)){1,5}", r"(?:redazione|ansa|agi|adnkronos|la redazione|redazione (?:web|online))(?: ?[/|,-] ?.{1,30})?", max_words=8, full_stop=False, own_language_only=True),
    row("copyright", "it", r"(?:©|\(c\))? ?riproduzione (?:riservata|vietata).{0,60}", r"tutti i diritti (?:sono )?riservati.{0,100}", max_words=24),
    row("timestamp", "it", r"(?:pubblicato|aggiornato|ultimo aggiornamento|modificato|ultima modifica)(?: il| alle)? ?:? ?.{0,50}\d.{0,30}", r"(?:(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica),? )?\d{1,2} \w{4,9} \d{4}(?:[ ,|–-]{1,4}(?:alle )?(?:ore )?\d{1,2}[:.]\d{2})?", r"\d+ (?:minut[oi]|or[ae]|giorn[oi]) fa", max_words=12, full_stop=False, own_language_only=True),
    row("photo_credit", "it", r"(?:foto|immagine|fotografia|credit[io]?|crediti foto|foto d'archivio)(?: ?[:|/(]| [–-]| di ) ?.{1,70}", r"foto d'archivio", max_words=9, full_stop=False),
    row("tags", "it", r"(?:tag|argomenti|temi|parole chiave|categori[ae]) ?: ?.{0,200}", max_words=24, full_stop=False),
)  # fmt: skip

POLISH: tuple[Rule, ...] = (
    row("comment_form", "pl", r"(?:dodaj|zostaw|napisz|skomentuj|wyślij)(?: (?:swój|swoją|pierwszy))?(?: (?:komentarz|odpowiedź|opinię|artykuł))?(?: .{0,15})?", r"anuluj pisanie odpowiedzi", r"(?:pokaż|zobacz|czytaj) (?:wszystkie )?komentarze.{0,10}", r"(?:komentarze|możliwość komentowania) (?:są |została )?(?:zamknięte|wyłączon[ae]).{0,20}", opens=True, max_words=6, full_stop=False),
    row("comment_form", "pl", r"(?:twój )?adres e-?mail nie zostanie opublikowany", r"(?:wymagane )?pola są oznaczone", r"zaloguj się,? (?:aby|by|żeby) (?:komentować|dodać komentarz)", mode=Mode.PART, opens=True),
    row("comment_count", "pl", r"(?:\d+|brak) komentarz\w*", r"komentarze(?: ?[:(]? ?\d+\)?)?"),
    row("navigation", "pl", r"(?:do góry|na górę|powrót (?:do|na) .{1,25}|wróć (?:do|na) .{1,25}|strona główna|przejdź do (?:treści|menu|głównej.{0,20})|menu|szukaj|zamknij|pokaż (?:więcej|mniej|wszystkie)|załaduj więcej|rozwiń|zwiń)"),
    row("previous_next", "pl", r"(?:poprzedni\w*|następn\w*) (?:artykuł|wpis|strona|news|wiadomość|post)(?: .{1,120})?", r"(?:poprzedni\w*|następn\w*)(?: ?[:»«→←] ?.{0,140})?", max_words=20, full_stop=False),
    row("share", "pl", rf"(?:udostępnij|podziel się|prześlij)(?: (?:na|przez|to|artykuł|znajomym|ten artykuł|tym|{_NETWORK}\w{{0,3}}))*", r"(?:obserwuj|polub|śledź) (?:nas|nasz).{0,60}", r"(?:kopiuj|skopiuj) link", r"(?:drukuj|wydrukuj|wyślij (?:znajomemu|mailem|e-?mailem))", r"lubię to!?", opens=True),
    row("widget", "pl", r"(?:ładowanie|trwa ładowanie|wczytywanie|posłuchaj(?: artykułu)?|rozmiar (?:tekstu|czcionki)|na żywo|pilne|z ostatniej chwili|galeria|zdjęcia|wideo|film|kraj|świat|gospodarka|polityka|opinie)"),
    row("reading_time", "pl", r"(?:czas czytania|czytasz|przeczytasz w)[: ]{1,3}.{0,20}", r"\d+ min(?:\.|ut[ay]?)? czytania"),
    row("newsletter", "pl", r"(?:zapisz się|subskrybuj|zasubskrybuj|zarejestruj się|zaprenumeruj)(?: .{0,80})?", r"(?:nasz )?newsletter(?: .{0,30})?", r"(?:pobierz|zainstaluj) (?:naszą )?aplikację.{0,40}", r"(?:dołącz do|obserwuj).{0,50}(?:whatsapp|telegram|google news|kanał\w*).{0,30}", max_words=16, opens=True, full_stop=False),
    row("paywall", "pl", r"(?:zaloguj się|logowanie|zaloguj)(?: .{0,30})?", r"(?:artykuł|treść|materiał) (?:dostępn[ay]|tylko) .{0,30}(?:subskrybent|prenumerat).{0,20}", r"(?:kup|wykup) (?:dostęp|subskrypcję|prenumeratę).{0,30}", max_words=10),
    row("advertisement", "pl", r"(?:koniec )?reklam[ay](?: .{0,20})?", r"(?:materiał|artykuł|tekst) (?:sponsorowany|partnera|promocyjny|reklamowy)", r"(?:dalsza część|ciąg dalszy|dalszy ciąg) .{0,20}(?:pod|po) (?:reklamą|reklamie|materiałem wideo|wideo|filmem)", max_words=9),
    row("consent", "pl", r".{0,60}\b(?:używa|używamy|korzysta|wykorzystuje|korzystamy)\b.{0,20}(?:plików )?cookies?.{0,200}", r"(?:akceptuj\w*|zgadzam się|przejdź do serwisu|odrzuć)(?: .{0,20})?", r"polityka (?:prywatności|cookies).{0,40}", r"(?:my i )?nasi (?:zaufani )?partnerzy.{0,200}", max_words=60),
    row("related", "pl", r"(?:czytaj|zobacz|sprawdź|przeczytaj|obejrzyj) (?:także|też|również|więcej|dalej|cały artykuł)", r"(?:powiązane|podobne|polecane|najnowsze|najpopularniejsze|inne) (?:artykuły|tematy|wiadomości|materiały|treści|newsy)?", r"(?:najczęściej|najchętniej) (?:czytane|komentowane|oglądane)", r"(?:polecamy|warto przeczytać|może cię zainteresować|zobacz więcej|więcej na ten temat|przeczytaj więcej)", max_words=6, opens=True, full_stop=False),
    row("related", "pl", r"(?:czytaj|zobacz|sprawdź|przeczytaj|obejrzyj|posłuchaj)(?: (?:także|też|również|więcej))*" + _INLINE, r"(?:więcej|polecamy|więcej na ten temat)" + _INLINE, r"kliknij (?:tutaj|tu|w link).{0,60}", max_words=28),
    row("byline", "pl", r"(?:autor(?:ka|zy)?|oprac\.?|opracowanie|tekst|redakcja|redaktor) ?[:/] ?.{1,60}", r"(?:pap|onet|interia|polska agencja prasowa|iar)(?: ?[/|,-] ?.{1,25})?", max_words=8, full_stop=False),
    row("credits", "pl", r"źródł[oa] ?[:–-] ?.{1,60}", max_words=8, full_stop=False),
    row("copyright", "pl", r"wszelkie prawa zastrzeżone.{0,140}", r"(?:kopiowanie|powielanie|rozpowszechnianie) .{0,60}(?:zabronione|bez zgody).{0,60}", max_words=40),
    row("timestamp", "pl", r"(?:opublikowano|aktualizacja|zaktualizowano|data (?:publikacji|dodania|utworzenia)|dodano|publikacja|ostatnia aktualizacja)(?: dnia| o)? ?:? ?.{0,40}\d.{0,30}", r"\d{1,2} (?:stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia) \d{4}(?: ?r\.?)?(?:[ ,|–-]{1,4}(?:godz\. )?\d{1,2}[:.]\d{2})?", r"\d+ (?:minut[ęy]?|godzin[ęy]?|dni|dzień) temu", max_words=9, full_stop=False),
    row("photo_credit", "pl", r"(?:fot\.?|foto|zdjęcie|zdjęcie (?:ilustracyjne|poglądowe|archiwalne|główne)|zdj\.)(?: ?[:|/(.]| [–-]| )? ?(?-i:[A-Z]).{1,60}", r"zdjęcie (?:ilustracyjne|poglądowe|archiwalne).{0,40}", max_words=8, full_stop=False),
    row("tags", "pl", r"(?:tagi|tematy|słowa kluczowe|kategorie?) ?: ?.{0,200}", max_words=24, full_stop=False),
)  # fmt: skip

DUTCH: tuple[Rule, ...] = (
    row("comment_form", "nl", r"(?:laat|schrijf|plaats|geef)(?: (?:een|je|uw|de eerste))? (?:reactie|bericht|antwoord|commentaar)(?: .{0,15})?", r"reactie annuleren", r"(?:bekijk|lees|toon) (?:alle )?(?:\d+ )?reacties", r"reacties (?:zijn )?(?:gesloten|uitgeschakeld).{0,20}", opens=True, max_words=8, full_stop=False),
    row("comment_form", "nl", r"(?:je|uw|het) e-?mailadres (?:wordt|zal) niet (?:worden )?gepubliceerd", r"vereiste velden zijn gemarkeerd", r"log in om te reageren", mode=Mode.PART, opens=True),
    row("comment_count", "nl", r"(?:\d+|geen) reacties?", r"reacties(?: ?[:(]? ?\d+\)?)?"),
    row("navigation", "nl", r"(?:terug )?naar (?:boven|de homepage|home|de inhoud|inhoud)", r"(?:terug|startpagina|zoeken|sluiten|toon (?:meer|minder)|meer laden|bekijk alles|ga naar (?:de )?inhoud)"),
    row("previous_next", "nl", r"(?:vorig|volgend)e? (?:artikel|bericht|pagina|nieuwsbericht)(?: .{1,120})?", r"(?:vorige|volgende)(?: ?[:»«→←] ?.{0,140})?", max_words=20, full_stop=False),
    row("share", "nl", rf"(?:deel|delen|tweet|verstuur|stuur)(?: (?:dit|artikel|bericht|via|op|met|per|deze|pagina|door|{_NETWORK}))*", r"volg ons (?:op|via|ook).{1,60}", r"(?:kopieer|kopiëer) (?:de )?link", r"(?:print|afdrukken|bewaar|opslaan)(?: (?:dit )?artikel)?", opens=True),
    row("widget", "nl", r"(?:laden|bezig met laden|even geduld|luister(?: naar dit artikel)?|lettergrootte|video|foto's?|fotoserie|net binnen|binnenland|buitenland|economie|politiek|opinie|exclusief)"),
    row("reading_time", "nl", r"leestijd[: ]{1,3}.{0,20}", r"\d+ min(?:uten|uut|\.)? (?:leestijd|lezen|lees)"),
    row("newsletter", "nl", r"(?:meld je|meld u|schrijf je|schrijf u|abonneer je|abonneer|aanmelden|inschrijven)(?: .{0,80})?", r"(?:onze |de )?nieuwsbrief(?: .{0,40})?", r"(?:ontvang|krijg) .{0,60}(?:nieuwsbrief|mailbox|inbox|e-?mail).{0,30}", r"download (?:de|onze) .{0,20}app.{0,40}", r"(?:volg|word lid van) .{0,30}(?:whatsapp|telegram|kanaal).{0,30}", max_words=16, opens=True, full_stop=False),
    row("paywall", "nl", r"(?:log in|inloggen)(?: .{0,30})?", r"(?:dit|deze) (?:artikel|verhaal|inhoud) is (?:alleen|exclusief).{0,40}", r"(?:al|nog geen) abonnee\??.{0,30}", r"word (?:nu )?(?:lid|abonnee)(?: .{0,30})?", max_words=10),
    row("advertisement", "nl", r"advertentie(?:s)?(?: .{0,15})?", r"(?:gesponsord|partnerbijdrage|branded content)(?: .{0,20})?", r"(?:artikel|verhaal|lees) (?:gaat )?(?:verder|door) (?:onder|na) (?:de )?(?:advertentie|video|foto)"),
    row("consent", "nl", r"(?:wij|we|deze (?:web)?site|onze website) (?:gebruiken|gebruikt|maken gebruik van|maakt gebruik van) cookies.{0,300}", r"(?:cookies )?(?:accepteren|weigeren|alles accepteren|instellingen aanpassen|akkoord)", r"(?:privacy|cookie)(?:beleid|verklaring|statement|-instellingen).{0,40}", r"om deze inhoud te (?:tonen|zien|bekijken).{0,160}", max_words=60),
    row("related", "nl", r"lees (?:ook|meer|verder|hier meer)(?: over .{1,30})?", r"(?:gerelateerd[e]?|vergelijkbare|aanbevolen|meer|ander|laatste)(?: (?:artikelen|nieuws|berichten|verhalen|onderwerpen|over .{1,30}|van .{1,30}))?", r"(?:meest|best) (?:gelezen|bekeken|populair)", r"(?:bekijk|luister|kijk) ook", r"(?:misschien|wellicht) (?:ook )?interessant", max_words=7, opens=True, full_stop=False),
    row("related", "nl", r"(?:lees|bekijk|luister|kijk|zie)(?: (?:ook|hier|meer|verder))*" + _INLINE, r"(?:meer|ook interessant)" + _INLINE, r"klik (?:hier|op de link).{0,60}", max_words=28),
    row("byline", "nl", r"door(?: ?:)? (?:onze (?:redactie|verslaggever|correspondent)|(?-i:[A-Z])[\w.'-]+(?: (?:(?-i:[A-Z])[\w.'-]+|van|de|der|den|en)){1,5})", r"(?:anp|redactie|belga|van onze (?:redactie|verslaggever|correspondent)(?: .{1,25})?)(?: ?[/|,-] ?.{1,25})?", max_words=8, full_stop=False, own_language_only=True),
    row("credits", "nl", r"bron(?:nen)? ?: ?.{1,60}", max_words=8, full_stop=False),
    row("copyright", "nl", r"alle rechten voorbehouden.{0,120}", r".{0,40}\bmag niet worden (?:overgenomen|gekopieerd|verspreid).{0,100}", max_words=30),
    row("timestamp", "nl", r"(?:gepubliceerd|bijgewerkt|laatst (?:gewijzigd|bijgewerkt)|laatste update|geplaatst|aangepast)(?: op| om)? ?:? ?.{0,40}\d.{0,30}", r"(?:(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag),? )?\d{1,2} (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december) \d{4}(?:[ ,|–-]{1,4}(?:om )?\d{1,2}[:.]\d{2}(?: ?uur)?)?", r"\d+ (?:minuten|minuut|uur|uren|dagen|dag) geleden", max_words=10, full_stop=False),
    row("photo_credit", "nl", r"(?:foto|beeld|fotograaf|archieffoto|foto ter illustratie)(?: ?[:|/(©]| [–-]| door ) ?.{1,60}", r"(?:archieffoto|foto ter illustratie|©.{1,40})", max_words=8, full_stop=False),
    row("tags", "nl", r"(?:tags|onderwerpen|trefwoorden|categorie(?:ën)?) ?: ?.{0,200}", max_words=24, full_stop=False),
)  # fmt: skip

ROWS: tuple[Rule, ...] = (*ITALIAN, *POLISH, *DUTCH)
