"""What walls say, in the languages of the feeds.

Owns the table. Refuses mere offers: "subscribe to our newsletter" stands on every page; only words
that say that the text goes on behind the wall, or that it can't be read without, are of one.
"""

import re

LOGIN = (
    r"(?:log|sign) ?in (?:or (?:register|subscribe|sign up) )?to (?:continue|keep|read|view|see|access)",
    r"(?:create|register for|sign up for) (?:a |your )?(?:free )?account to (?:continue|keep|read|access)",
    r"(?:register|sign up)(?: (?:now|for free|free))? to (?:continue|keep|read) ",
    r"you (?:must|need to) (?:be logged in|log ?in|sign in|register) to (?:continue|read|view|access)",
    r"registrieren sie sich(?: kostenlos)?,? um (?:weiter|den)|melden sie sich an,? um|jetzt (?:kostenlos )?(?:registrieren|anmelden) und weiterlesen",
    r"(?:connectez|inscrivez|identifiez)-vous pour (?:lire|continuer|accéder|poursuivre)|créez (?:un|votre) compte(?: gratuit)? pour (?:lire|continuer|accéder)",
    r"(?:regístrate|inicia sesión|regístrese|inicie sesión)(?: gratis)? para (?:seguir|continuar|leer|acceder)",
    r"(?:cadastre-se|faça (?:seu )?(?:o )?login|entre)(?: grátis)? para (?:continuar|ler|acessar)",
    r"(?:registrati|accedi)(?: gratis)? per (?:continuare|leggere|proseguire)",
    r"(?:log in|registreer(?: je)?|maak een(?: gratis)? account)(?: aan)? om (?:verder|door) te lezen|logga in för att (?:läsa|fortsätta)|logg inn for å (?:lese|fortsette)|log ind for at læse|kirjaudu (?:sisään )?jatkaaksesi",
    r"(?:войдите|авторизуйтесь|зарегистрируйтесь),? чтобы (?:читать|продолжить|прочитать)|(?:увійдіть|зареєструйтеся),? щоб (?:читати|продовжити)|zaloguj się,? (?:aby|żeby|by) (?:czytać|przeczytać|kontynuować)|přihlaste se (?:a čtěte|pro)",
    r"okumaya devam etmek için (?:giriş yapın|üye olun|kayıt olun)|devamını okumak için (?:giriş|üye)",
    r"(?:سجل|قم بتسجيل) (?:ال)?دخول(?:ك)? (?:ل|من أجل )?(?:متابعة|مواصلة|قراءة)|برای (?:ادامه|خواندن|مشاهده).{0,20}(?:وارد شوید|ثبت ?نام کنید)|התחבר(?:ו)? כדי (?:להמשיך|לקרוא)",
    r"ログイン(?:して|すると|後に)続きを|登[录錄入](?:后|以|後)?(?:即可)?(?:继续|繼續)?(?:阅读|閱讀)|로그인 (?:후|하시면|해야).{0,12}(?:이용|읽|볼)|đăng nhập để (?:đọc|tiếp)|masuk untuk (?:melanjutkan|membaca)",
)
PAYWALL = (
    r"subscribe (?:now |today )?to (?:continue|keep|read|unlock|access)(?! (?:our|the) newsletter)",
    r"(?:this|the) (?:article|story|content|post) is (?:only )?(?:for|available (?:only )?to|exclusive(?:ly)? (?:to|for)|reserved for)(?: our| paid| paying| premium)* (?:subscribers|members)",
    r"(?:unlock|to read) the (?:full|rest of the|whole|remaining) (?:article|story)|subscriber[- ]only (?:article|content|story)|(?:premium|exclusive) content for (?:subscribers|members)",
    r"you(?:'|’)?ve (?:reached|read|used) (?:your|all|the) .{0,30}(?:free|complimentary) articles?|already a (?:subscriber|member)\? ?(?:log|sign) ?in",
    r"(?:dieser (?:artikel|inhalt|text)|der (?:artikel|volltext)) (?:ist|steht) (?:nur |exklusiv |ausschließlich )+(?:für|unseren)? ?.{0,15}(?:abonnent|abonnement|mitglieder|leser mit)|(?:jetzt|mit .{2,20}) weiterlesen|weiterlesen mit .{2,25}(?:abo|plus|\+)|sie haben noch kein(?:en)? .{0,12}(?:abo|zugang)",
    r"(?:article|contenu|suite|accès)(?: est)? (?:réservée?|exclusi\w+)(?: à)?(?: aux?| nos)* abonnés|il vous reste \d+ ?% de cet article|abonnez-vous pour (?:lire|continuer|accéder)|pour lire la suite",
    r"(?:contenido|artículo|noticia|nota) (?:es )?(?:exclusiv[oa]|solo|sólo) para (?:suscriptores|socios)|suscr[íi]bete? (?:para|y) (?:seguir|continu|le)",
    r"(?:conteúdo|matéria|reportagem|artigo) (?:é )?(?:exclusiv[oa]|só) para (?:assinantes|subscritores)|(?:assine|subscreva) (?:para|e) (?:continu|le)",
    r"(?:contenuto|articolo)(?: è)? (?:riservato|esclusivo)(?: solo)?(?: agli| per gli)? abbonati|abbonati (?:per|e) (?:continua|legg)",
    r"alleen (?:toegankelijk )?voor (?:abonnees|leden)|word abonnee om|(?:endast|bara|kun|bare) för (?:prenumeranter|abonnenter)|kun for (?:abonnenter|abonnentar)|artik(?:kel|el)en er (?:kun )?for abonnenter|(?:vain )?tilaajille.{0,40}(?:tilaa|jatka)|den här artikeln är för (?:dig som|prenumeranter)",
    r"(?:dostępny|tylko) dla (?:subskrybentów|prenumeratorów)|pozostało \d+ ?% (?:tekstu|artykułu)|(?:jen|pouze) pro předplatitele|csak előfizetők|(?:articol|conținut)(?:ul)? (?:este )?(?:disponibil )?(?:doar|exclusiv) pentru abonați|samo za pretplatnike|μόνο για συνδρομητές",
    r"доступ(?:ен|на|но)? (?:только |лишь )?(?:для )?подписчик|только для подписчиков|оформите подписку,? чтобы|(?:лише|тільки) для передплатників|оформіть передплату,? щоб|само за абонати",
    r"(?:abonelere|üyelere) özel(?:dir)?|(?:tamamını|devamını) okumak için abone",
    r"(?:المحتوى|المقال|المادة).{0,15}(?:ل|ال)لمشتركين|للمشتركين فقط|اشترك (?:الآن )?(?:ل|لمواصلة |لمتابعة )(?:قراءة|القراءة)|(?:ویژه|مخصوص) (?:مشترکان|مشترکین)|(?:למנויים|לנרשמים) בלבד",
    r"(?:有料)?会員限定(?:記事|です|の)|続きを読むには|残り[\d,]+文字|订阅(?:后|以)(?:继续)?阅读|(?:付费|付費)(?:阅读|閱讀|內容|内容)|(?:会员|會員)(?:专享|專享|限定)|유료 (?:회원|구독자|기사)|구독(?:자|회원) 전용|khusus (?:pelanggan|anggota)|dành riêng cho (?:thuê bao|độc giả)",
)
CONSENT = (
    r"we (?:value|respect|care about) your privacy|we(?:,? and our| use| and)[^.]{0,30}(?:partners|cookies)[^.]{0,60}(?:store|process|access|cookies|data)|accept (?:all|cookies|and continue)|reject all|(?:manage|cookie|privacy) (?:settings|preferences|options|policy)|your (?:consent|choices)|legitimate interest|personali[sz]ed (?:ads|content|advertising)|withdraw (?:your )?consent",
    r"wir (?:und unsere|verwenden|nutzen|benötigen)[^.]{0,40}(?:partner|cookies|zustimmung|einwilligung)|alle(?:s)? (?:cookies )?(?:akzeptieren|ablehnen)|mit werbung (?:und|weiter|lesen)|(?:datenschutz|cookie)-?(?:einstellungen|erklärung)|einwilligung|zustimm(?:en|ung)|personalisierte (?:werbung|anzeigen)|impressum",
    r"nous (?:et nos|utilisons)[^.]{0,40}(?:partenaires|cookies)|(?:tout )?(?:accepter|refuser)(?: tout)?(?: et continuer)?|continuer sans accepter|votre (?:consentement|vie privée)|politique de (?:confidentialité|cookies)|gérer (?:vos|mes) (?:choix|préférences|cookies)|publicités? personnalisées?",
    r"(?:nosotros|utilizamos|usamos)[^.]{0,40}(?:socios|cookies)|aceptar (?:todo|todas|y continuar|cookies)|rechazar (?:todo|y)|(?:su|tu) consentimiento|política de (?:privacidad|cookies)|configura(?:r|ción) (?:de )?cookies|publicidad personalizada",
    r"(?:nós|utilizamos|usamos)[^.]{0,40}(?:parceiros|cookies)|aceitar (?:tudo|todos|e)|rejeitar|seu consentimento|política de privacidade|(?:noi e i nostri|utilizziamo|usiamo)[^.]{0,40}(?:partner|cookie)|accetta(?: tutti| e continua)|rifiuta|tuo consenso|informativa (?:sulla privacy|privacy|cookie)|preferenze",
    r"(?:wij|we) (?:en onze|gebruiken)[^.]{0,40}(?:partners|cookies)|alles accepteren|accepteren|toestemming|privacy-?(?:beleid|instellingen)|(?:vi och våra|vi använder)[^.]{0,40}(?:partner|cookies)|godkänn alla|samtycke|godta alle|tillad alle|samtykke|evästeet|hyväksy (?:kaikki|evästeet)",
    r"(?:my i nasi|używamy)[^.]{0,40}(?:partner|ciasteczek|cookie)|(?:zgadzam się|akceptuję|zaakceptuj)|polityk[aię] prywatności|(?:мы|ми) (?:и наши|та наші|используем|використовуємо)[^.]{0,40}(?:партн|cookie|куки|файл)|принять (?:все|и)|прийняти (?:все|всі)|соглас(?:ие|иться|ен)|політик\w+ (?:конфіденц|приват)|политик\w+ (?:конфиденц|приват)",
    r"çerez(?:ler|leri)?[^.]{0,40}(?:kullan|kabul)|tümünü (?:kabul et|reddet)|gizlilik politikası|(?:نستخدم|نحن وشركاؤنا)[^.]{0,40}(?:ملفات|الكوكيز|البيانات)|قبول الكل|(?:أوافق|موافقتك)|سياسة الخصوصية|(?:同意|接受)(?:全部|所有|并继续|する|して)|隐私(?:政策|权)|プライバシーポリシー|クッキー",
)
MORE = r"(?:read (?:more|the full (?:story|article)|on)|continue reading|full (?:story|article)|more\s?[»>→]|weiterlesen|mehr lesen|zum (?:ganzen )?artikel|lire (?:la suite|plus|l['’]article)|leer (?:más|completo)|seguir leyendo|ler (?:mais|completo)|continue lendo|leia mais|leggi (?:tutto|di più|l'articolo)|continua a leggere|lees (?:meer|verder)|läs (?:mer|hela)|les (?:mer|hele)|læs mere|lue lisää|czytaj (?:więcej|dalej)|číst (?:dále|více)|tovább|citește mai (?:mult|departe)|devamı(?: için tıklayın)?|devamını oku|читать (?:далее|дальше|полностью|ещё)|подробнее|читати (?:далі|більше)|прочети още|اقرأ (?:المزيد|أيضا)|إقرأ المزيد|التفاصيل|ادامه (?:مطلب|خبر)|המשך קריאה|続きを読む|全文を読む|阅读(?:全文|更多)|查看全文|閱讀(?:全文|更多)|더 ?보기|baca selengkapnya|selengkapnya|xem (?:thêm|tiếp)|और पढ़ें|আরও পড়ুন)"
"""Words of a link that leads from the begin of an article to all of it."""


def of_any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern that finds any of them."""
    return re.compile("|".join(patterns), re.IGNORECASE)
