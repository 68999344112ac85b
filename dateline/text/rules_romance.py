"""Furniture in Spanish, Portuguese and French.

Owns rows for the main kinds; what looks alike in all languages stands in ``rules_english_story``.
"""

from dateline.text.rules import Mode, Rule, row

_REST = r"(?: .{1,80})?"
_INLINE = r"(?: ?[:|»>]| [–—-]) ?.{1,200}"
_NUMERIC_DATE = (
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:[ ,|–-]{0,4}(?:às |a las |à |um )?\d{1,2}[:h.]\d{2}(?: ?uhr)?)?"
)

SPANISH: tuple[Rule, ...] = (
    row("comment_form", "es", r"(?:deja|deje|escribe|añade|añadir|publicar|dejar|enviar)(?: (?:un|una|tu|su))? (?:comentario|respuesta)s?(?: cancelar (?:la )?respuesta)?", r"(?:ver|leer|mostrar) (?:todos )?(?:los )?(?:\d+ )?comentarios", r"comentarios cerrados", opens=True),
    row("comment_form", "es", r"(?:tu|su) (?:dirección de )?correo electrónico no será publicad", r"los campos (?:obligatorios|necesarios) están marcados", r"guarda(?:r)? mi nombre, correo", mode=Mode.PART, opens=True),
    row("comment_count", "es", r"(?:\d+|sin|ningún) comentarios?", r"comentarios?(?: ?[:(]? ?\d+\)?)?"),
    row("navigation", "es", r"(?:volver|ir|subir) (?:arriba|al inicio|a la portada|al contenido|atrás)", r"inicio", r"menú", r"buscar", r"cargar más", r"ver (?:más|todo|todas)", r"mostrar (?:más|menos)"),
    row("previous_next", "es", r"(?:artículo|noticia|entrada|nota|publicación) (?:anterior|siguiente)" + _REST, r"(?:anterior|siguiente)(?: (?:noticia|artículo|nota|entrada|publicación|página))?(?: ?[:»«→←] ?.{0,140})?"),
    row("share", "es", r"comp[aá]rt[aei]\w*(?: (?:esta|este|la|el|en|esto|noticia|artículo|nota|facebook|twitter|x|whatsapp|telegram|redes sociales))*", r"s[ií]gu?[ea]\w*nos (?:en|por) .{1,80}", r"(?:copiar|copia) (?:el )?enlace", r"imprimir(?: artículo| noticia)?", r"enviar por (?:correo|e-?mail).{0,30}", r"me gusta", opens=True),
    row("widget", "es", r"(?:escuchar|escucha|leer|guardar|descargar|reproducir|ver)(?: (?:el|la|este|esta|artículo|noticia|nota|audio|vídeo|video|pdf))+(?: .{0,20})?", r"cargando", r"tamaño de (?:letra|texto).{0,20}", r"(?:galería|vídeo|video|foto|fotos|última hora|en directo|en vivo|opinión|internacional|economía|política|deportes|sociedad)"),
    row("reading_time", "es", r"(?:tiempo de lectura|lectura)[: ]{1,3}\d+ ?min(?:utos?)?\.?", r"\d+ min(?:utos?)?\.? (?:de )?(?:lectura|leer)"),
    row("newsletter", "es", r"suscr[ií]b\w+(?: (?:a|al|gratis|ahora|aquí|por).{0,80})?", r"(?:recib[ae]|recibir) .{0,60}(?:boletín|newsletter|correo|noticias).{0,40}", r"(?:nuestro |el )?(?:boletín|newsletter)(?: .{0,30})?", r"(?:únete|sigue|siga) .{0,40}(?:canal|whatsapp|telegram|google news).{0,40}", r"descarg\w+ (?:nuestra|la) (?:app|aplicación).{0,50}", r"correo electrónico", max_words=20, opens=True),
    row("paywall", "es", r"(?:inicia|iniciar|inicie) sesión.{0,60}", r"(?:regístrate|regístrese|suscríbete|suscríbase) para (?:seguir|continuar|leer).{0,60}", r"(?:contenido|artículo|noticia) (?:exclusiv[ao]|solo) para (?:suscriptores|socios).{0,40}", r"¿ya (?:es|eres) suscriptor\?.{0,40}"),
    row("advertisement", "es", r"publicidad(?: .{0,20})?", r"anuncios?", r"(?:contenido )?patrocinado(?: por .{1,40})?", r"(?:la noticia |el artículo )?(?:sigue|continúa) (?:después|debajo|tras) .{0,40}(?:publicidad|anuncio)"),
    row("consent", "es", r"(?:utilizamos|usamos|este sitio (?:web )?(?:utiliza|usa)|esta web utiliza) cookies.{0,300}", r"(?:aceptar|rechazar|configurar)(?: (?:todas|todo))?(?: (?:las )?cookies)?", r"política de (?:privacidad|cookies)(?:.{0,40})?", r"aviso legal.{0,60}", max_words=60),
    row("related", "es", r"(?:lea|lee|leer|leé|ver|vea|mira|mire)(?: (?:también|más|además|noticias))+", r"(?:noticias|artículos|notas|temas|contenidos?|entradas|información)? ?(?:relacionad[ao]s?|recomendad[ao]s?|similares|destacad[ao]s)", r"(?:lo )?más (?:leíd[ao]s?|vist[ao]s?|popular(?:es)?|noticias|información|reciente)s?(?: .{0,20})?", r"(?:te|le) (?:puede|podría|recomendamos|puede) ?(?:interesar|leer)?", r"(?:además|también) en .{1,30}", max_words=8, opens=True, full_stop=False),
    row("related", "es", r"(?:lea|lee|leer|leé|ver|vea|mira|mire|siga leyendo|sigue leyendo)(?: (?:también|más|además|aquí))*" + _INLINE, r"(?:te|le) (?:puede|podría|recomendamos)(?: interesar| leer)?" + _INLINE, r"(?:más información|en contexto|relacionad[ao]s?|nota relacionada)" + _INLINE, r"(?:haga|haz) clic aquí.{0,80}", r"seguir leyendo"),
    row("byline", "es", r"por(?: ?:)? (?-i:[A-ZÁÉÍÓÚÑ])[\w.'-]+(?: (?:(?-i:[A-ZÁÉÍÓÚÑ])[\w.'-]+|de|del|la|y|/)){1,7}", r"(?:redacción|agencias|efe|redacción (?:digital|web).{0,20}|agencia efe|ap|afp|europa press)(?: ?[|/,-] ?.{1,30})?", r"(?:autor|escrito por|publicado por|redactado por) ?:? .{1,60}", max_words=12, full_stop=False, own_language_only=True),
    row("credits", "es", r"(?:con (?:información|datos|reportes) de) .{1,80}", r"fuentes? ?: ?.{1,60}", r"(?:esta nota|este artículo|esta noticia) (?:fue|ha sido|se) (?:publicad|actualizad|originalmente|publicó).{0,140}", max_words=24),
    row("copyright", "es", r"(?:todos los )?derechos reservados.{0,120}", r"(?:queda )?prohibida (?:la|su) reproducción.{0,160}", max_words=40),
    row("timestamp", "es", r"(?:publicad[ao]|actualizad[ao]|última actualización|fecha|creado)(?: (?:el|en|a las))? ?:? ?.{0,60}\d.{0,30}", r"(?:(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo),? )?\d{1,2} de \w{4,10}(?: de| del)? \d{4}(?:[ ,|–-]{1,4}\d{1,2}[:.h]\d{2}.{0,12})?", r"hace \d+ (?:minutos?|horas?|días?)", max_words=12, full_stop=False),
    row("photo_credit", "es", r"(?:foto|fotografía|imagen|fotos|crédito|foto de archivo|imagen de archivo|infografía)(?:s)?(?: ?[:|/]| (?:de|por)(?= )| [–-]) ?.{1,80}", max_words=12, full_stop=False),
    row("tags", "es", r"(?:etiquetas|temas|archivado en|categorías?|palabras clave) ?:? ?.{0,200}", max_words=24, full_stop=False),
)  # fmt: skip

PORTUGUESE: tuple[Rule, ...] = (
    row("comment_form", "pt", r"(?:deixe|deixar|escreva|faça|envie|adicionar)(?: (?:um|uma|o|seu|sua))* (?:comentário|resposta)s?(?: cancelar resposta)?", r"(?:ver|ler|mostrar) (?:todos )?(?:os )?(?:\d+ )?comentários", r"comentários (?:encerrados|fechados)", opens=True),
    row("comment_form", "pt", r"o seu (?:endereço de )?e-?mail não será publicado", r"campos obrigatórios são marcados", r"salvar meus dados neste navegador", r"faça login para comentar", mode=Mode.PART, opens=True),
    row("comment_count", "pt", r"(?:\d+|sem|nenhum) comentários?", r"comentários?(?: ?[:(]? ?\d+\)?)?"),
    row("navigation", "pt", r"(?:voltar|ir|pular|subir) (?:ao|para o|para) (?:topo|início|conteúdo|menu)", r"início", r"buscar", r"pesquisar", r"(?:carregar|ver|mostrar) (?:mais|tudo|todas|menos)"),
    row("previous_next", "pt", r"(?:artigo|notícia|post|matéria) (?:anterior|seguinte|próximo)" + _REST, r"(?:anterior|próximo|próxima)(?: (?:notícia|artigo|matéria|post|página))?(?: ?[:»«→←] ?.{0,140})?"),
    row("share", "pt", r"compartilh\w+(?: (?:esta|este|a|o|no|na|isso|notícia|artigo|matéria|em|via|facebook|twitter|x|whatsapp|telegram))*", r"partilh\w+(?: (?:este|artigo|no|na|facebook|twitter|x|whatsapp))*", r"siga(?:-nos| a gente| o .{1,30}| nosso .{1,30})? (?:no|na|nas) .{1,60}", r"copiar (?:o )?link", r"imprimir", r"curtir", opens=True),
    row("widget", "pt", r"(?:ouvir|ouça|assista|salvar|baixar|ver)(?: (?:o|a|este|esta|artigo|notícia|áudio|vídeo|matéria|pdf))+(?: .{0,20})?", r"carregando", r"tamanho da (?:letra|fonte).{0,20}", r"(?:vídeo|foto|fotos|galeria|ao vivo|última hora|últimas notícias|opinião|mundo|economia|esportes|política)"),
    row("reading_time", "pt", r"(?:tempo de leitura|leitura)[: ]{1,3}\d+ ?min(?:utos?)?\.?", r"\d+ min(?:utos?)? (?:de )?leitura"),
    row("newsletter", "pt", r"(?:assine|inscreva-se|cadastre-se|subscreva)(?: (?:a|o|na|no|nossa|nosso|para|gratuitamente|já|agora|aqui).{0,80})?", r"receb[ae] .{0,60}(?:newsletter|e-?mail|notícias|boletim).{0,40}", r"(?:entre|participe|clique) .{0,50}(?:canal|grupo|whatsapp|telegram|comunidade).{0,60}", r"baixe (?:o|nosso) (?:app|aplicativo).{0,50}", max_words=20, opens=True),
    row("paywall", "pt", r"(?:faça|fazer) login.{0,60}", r"(?:conteúdo|matéria) (?:exclusiv[ao]|restrit[ao]) para assinantes.{0,40}", r"já é assinante\?.{0,40}", r"(?:assine|cadastre-se) para (?:continuar|ler).{0,60}"),
    row("advertisement", "pt", r"(?:continua (?:após|depois d)(?: ?a )?)?publicidade(?: .{0,20})?", r"anúncio", r"(?:conteúdo )?patrocinado(?: por .{1,40})?"),
    row("consent", "pt", r"(?:utilizamos|usamos|este site (?:utiliza|usa)) cookies.{0,300}", r"(?:aceitar|rejeitar)(?: (?:todos|tudo))?(?: (?:os )?cookies)?", r"política de (?:privacidade|cookies).{0,40}", max_words=60),
    row("related", "pt", r"(?:leia|ler|veja|ver|saiba|assista)(?: (?:também|mais|ainda|a seguir))+", r"(?:notícias|artigos|matérias|conteúdo|posts)? ?(?:relacionad[ao]s?|recomendad[ao]s?|semelhantes)", r"(?:as )?mais (?:lid[ao]s?|vist[ao]s?|popular(?:es)?|notícias|recentes)(?: .{0,20})?", r"você (?:pode|também|vai) (?:gostar|se interessar|gostar de ler).{0,20}", max_words=8, opens=True, full_stop=False),
    row("related", "pt", r"(?:leia|ler|veja|ver|saiba|assista|continue lendo)(?: (?:também|mais|ainda|aqui))*" + _INLINE, r"clique aqui.{0,80}", r"continue lendo"),
    row("byline", "pt", r"por(?: ?:)? (?-i:[A-ZÁÉÍÓÚÂÊÔÃÕÇ])[\w.'-]+(?: (?:(?-i:[A-ZÁÉÍÓÚÂÊÔÃÕÇ])[\w.'-]+|de|da|do|dos|e|/|,|—|-)){1,7}", r"(?:da redação|redação|agência (?:brasil|lusa)|lusa|reuters|afp|com agências)(?: ?[|/,-] ?.{1,30})?", r"(?:autor|escrito por|publicado por) ?:? .{1,60}", max_words=12, full_stop=False, own_language_only=True),
    row("credits", "pt", r"com informações d[aeo]s? .{1,80}", r"fontes? ?: ?.{1,60}", r"(?:edição|reportagem) ?(?:de|por|:) .{1,80}", max_words=16, full_stop=False),
    row("copyright", "pt", r"(?:todos os )?direitos reservados.{0,120}", r"(?:é )?proibida a reprodução.{0,160}", max_words=40),
    row("timestamp", "pt", r"(?:publicad[ao]|atualizad[ao]|última atualização|criado)(?: (?:em|às|há))? ?:? ?.{0,60}\d.{0,30}", r"(?:(?:segunda|terça|quarta|quinta|sexta|sábado|domingo)(?:-feira)?,? )?\d{1,2} de \w{4,10} de \d{4}(?:[ ,|–-]{1,4}(?:às )?\d{1,2}[:h]\d{2}.{0,12})?", _NUMERIC_DATE, r"há \d+ (?:minutos?|horas?|dias?)", max_words=12, full_stop=False),
    row("photo_credit", "pt", r"(?:foto|imagem|fotos|crédito|reprodução|divulgação|foto de arquivo)(?: ?[:|/]| [–-]) ?.{1,80}", max_words=12, full_stop=False),
    row("tags", "pt", r"(?:tags|tópicos|assuntos|categorias?|palavras-chave|arquivado em) ?:? ?.{0,200}", max_words=24, full_stop=False),
)  # fmt: skip

FRENCH: tuple[Rule, ...] = (
    row("comment_form", "fr", r"(?:laisser|laissez|écrire|ajouter|poster|publier|déposer)(?: (?:un|une|votre))? (?:commentaire|réponse|réaction)s?(?: annuler la réponse)?", r"(?:voir|lire|afficher) (?:tous )?(?:les )?(?:\d+ )?commentaires", r"(?:les )?commentaires (?:sont )?fermés", r"réagir(?: à cet article)?", opens=True),
    row("comment_form", "fr", r"votre (?:adresse (?:e-?mail|de messagerie|électronique)|e-?mail) ne sera pas publiée", r"les champs obligatoires sont", r"enregistrer mon nom, mon e-?mail", r"(?:connectez-vous|vous devez (?:être connecté|vous connecter)) pour (?:commenter|publier|réagir)", mode=Mode.PART, opens=True),
    row("comment_count", "fr", r"(?:\d+|aucun) (?:commentaire|réaction|partage)s?", r"commentaires?(?: ?[:(]? ?\d+\)?)?"),
    row("navigation", "fr", r"(?:retour|aller|remonter|accéder|revenir) (?:en haut(?: de (?:la )?page)?|au (?:contenu|menu|sommaire)|à l'accueil|au début)", r"accueil", r"rechercher", r"(?:voir|afficher) (?:plus|tout|moins)", r"charger plus"),
    row("previous_next", "fr", r"(?:article|billet|actualité) (?:précédent|suivant)e?" + _REST, r"(?:précédent|suivant)e?(?: ?[:→←] ?.{0,140})?"),
    row("share", "fr", r"partage[rz]?(?: (?:cet|cette|l'|sur|par|article|page|l'article|facebook|twitter|x|whatsapp|linkedin|mail|e-?mail))*", r"(?:suivez|retrouvez|rejoignez)-nous (?:sur|dans) .{1,80}", r"copier le lien", r"imprimer(?: (?:l'|cet )article)?", r"envoyer (?:par (?:e-?mail|mail)|à un ami)", r"j'aime", opens=True),
    row("widget", "fr", r"(?:écouter|lire|télécharger|sauvegarder|offrir|regarder)(?: (?:l'|le|la|cet|cette|plus tard))? ?(?:article|podcast|audio|vidéo|pdf|plus tard)(?: .{0,20})?", r"chargement(?: en cours)?", r"taille du texte.{0,20}", r"(?:vidéo|photo|photos|diaporama|en direct|infographie|exclusif|opinion|monde|politique|économie|international|afrique)"),
    row("reading_time", "fr", r"(?:temps de lecture|lecture)(?: estimé)?[: ]{1,3}\d+ ?min(?:utes?)?\.?", r"\d+ min(?:utes?)? de lecture"),
    row("newsletter", "fr", r"(?:abonnez-vous|inscrivez-vous|s'abonner|s'inscrire|je m'abonne|je m'inscris)(?: .{0,80})?", r"recevez .{0,60}(?:newsletter|e-?mail|boîte|actualité|lettre).{0,40}", r"(?:notre |la |nos )?(?:newsletters?|lettre d'information)(?: .{0,30})?", r"téléchargez (?:notre|l').{0,20}(?:application|appli).{0,40}", r"rejoignez .{0,40}(?:whatsapp|telegram|chaîne|canal).{0,40}", r"(?:votre )?(?:adresse )?e-?mail", max_words=20, opens=True),
    row("paywall", "fr", r"(?:article|contenu) réservé (?:aux|à nos) abonnés.{0,40}", r"il vous reste .{1,40} à (?:lire|découvrir).{0,60}", r"(?:déjà abonné|vous êtes abonné) ?\??.{0,40}", r"(?:se connecter|connectez-vous|connexion)", r"pour (?:lire la suite|continuer).{0,60}(?:abonn|connect|inscri).{0,40}", r"(?:la suite est|cet article est) réservée? .{1,60}"),
    row("advertisement", "fr", r"publicités?(?: .{0,20})?", r"annonces?", r"(?:contenu )?sponsorisé(?: par .{1,40})?", r"la suite après (?:la|cette) publicité"),
    row("consent", "fr", r"(?:nous utilisons|ce site utilise|en poursuivant votre navigation).{0,40}cookies.{0,300}", r"(?:tout )?(?:accepter|refuser)(?: (?:tout|les cookies))?", r"politique de (?:confidentialité|cookies).{0,40}", r"mentions légales.{0,60}", r"gérer (?:mes|les) cookies", max_words=60),
    row("related", "fr", r"(?:lire|voir|à lire|à voir|lisez|regarder|(?:lire|voir|à lire) (?:aussi|également|plus|la suite|sur le même sujet))(?: (?:aussi|également|encore))?", r"(?:articles?|contenus?|sujets?|sur) (?:lié|associé|similaire|connexe|recommandé|le même (?:sujet|thème))s?", r"(?:les )?(?:plus|articles les plus|plus) (?:lus?|vus?|récents?|populaires|partagés|d'articles|d'infos?)(?: .{0,20})?", r"sur le même (?:sujet|thème)", r"en savoir plus", r"vous aimerez aussi", r"à découvrir(?: aussi)?", max_words=9, opens=True, full_stop=False),
    row("related", "fr", r"(?:à )?(?:lire|voir|écouter|lisez|relire)(?: (?:aussi|également|notre .{1,30}|plus|la suite|sur le sujet))*" + _INLINE, r"(?:pour aller plus loin|en savoir plus|sur le même sujet|notre dossier)" + _INLINE, r"cliquez ici.{0,80}", r"lire la suite(?: .{0,40})?"),
    row("byline", "fr", r"par(?: ?:)? (?-i:[A-ZÉÈÀÂÎÔÇ])[\w.'-]+(?: (?:(?-i:[A-ZÉÈÀÂÎÔÇ])[\w.'-]+|de|du|la|le|et|avec|/|,)){1,7}", r"(?:la rédaction|rédaction|afp|le monde avec afp|la rédaction avec .{1,20})(?: ?[|/,-] ?.{1,30})?", r"(?:auteur|écrit par|publié par|rédigé par) ?:? .{1,60}", max_words=12, full_stop=False, own_language_only=True),
    row("credits", "fr", r"\(?(?:avec )(?:afp|reuters|ap|agences?)(?: et (?:afp|reuters|ap|agences?))?\)?", r"sources? ?: ?.{1,60}", r"cet article (?:a été|est) (?:publié|initialement|d'abord|mis à jour|traduit|republié).{0,140}", max_words=24),
    row("copyright", "fr", r"(?:tous )?droits (?:de reproduction )?réservés.{0,120}", r"(?:toute )?reproduction (?:même partielle )?(?:interdite|totale).{0,120}", max_words=40),
    row("timestamp", "fr", r"(?:publié|mis à jour|modifié|posté|créé|dernière (?:mise à jour|modification))(?: le| à| il y a)? ?:? ?.{0,60}\d.{0,40}", r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),? )?\d{1,2}(?:er)? \w{3,10} \d{4}(?:[ ,|–-]{1,4}(?:à )?\d{1,2}[:h]\d{0,2}.{0,12})?", _NUMERIC_DATE, r"il y a \d+ (?:minutes?|heures?|jours?)", max_words=14, full_stop=False),
    row("photo_credit", "fr", r"(?:photo|image|crédits?(?: photo)?|illustration|photos|©|photo d'archives?)(?: ?[:|/]| [–-]) ?.{1,80}", max_words=12, full_stop=False),
    row("tags", "fr", r"(?:mots[- ]clés|étiquettes|thèmes?|sujets?|classé dans|catégories?|tags) ?:? ?.{0,200}", max_words=24, full_stop=False),
)  # fmt: skip
ROWS: tuple[Rule, ...] = (*SPANISH, *PORTUGUESE, *FRENCH)
