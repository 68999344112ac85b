"""Furniture in Indonesian, Hindi, Chinese and Japanese.

Owns rows for the main kinds. Chinese and Japanese write no spaces: a word there is two characters.
"""

from dateline.text.rules import Mode, Rule, row

INDONESIAN: tuple[Rule, ...] = (
    row("comment_form", "id", r"(?:tinggalkan|tulis|kirim|beri|tambahkan)(?: (?:sebuah|balasan|komentar|tanggapan|anda))+(?: .{0,15})?", r"batalkan balasan", r"(?:lihat|baca) (?:semua )?komentar(?: .{0,10})?", opens=True),
    row("comment_form", "id", r"alamat e-?mail anda tidak akan dipublikasikan", r"ruas yang wajib ditandai", mode=Mode.PART, opens=True),
    row("comment_count", "id", r"(?:\d+|belum ada|tidak ada) komentar", r"komentar(?: ?[:(]? ?\d+\)?)?"),
    row("navigation", "id", r"(?:kembali ke (?:atas|beranda|halaman .{1,15})|beranda|cari|tutup|lihat (?:semua|lainnya|lebih banyak)|muat lebih banyak|halaman selanjutnya|halaman berikutnya)"),
    row("previous_next", "id", r"(?:artikel|berita|halaman|pos) (?:sebelumnya|selanjutnya|berikutnya)(?: .{1,120})?", r"(?:sebelumnya|selanjutnya|berikutnya)(?: ?[:»«→←] ?.{0,140})?", max_words=20, full_stop=False),
    row("share", "id", r"(?:bagikan|sebarkan|share)(?: (?:ke|di|via|artikel|berita|ini|melalui|facebook|twitter|whatsapp|telegram|x))*", r"ikuti kami (?:di|lewat).{1,60}", r"salin (?:tautan|link)", r"cetak(?: artikel)?", opens=True),
    row("reading_time", "id", r"(?:waktu baca|estimasi baca)[: ]{1,3}.{0,20}", r"\d+ menit (?:baca|membaca)"),
    row("newsletter", "id", r"(?:berlangganan|daftar|langganan)(?: .{0,60})?", r"(?:dapatkan|ikuti) .{0,60}(?:email|buletin|whatsapp|telegram|google news|channel|saluran).{0,40}", r"(?:unduh|download) aplikasi.{0,40}", max_words=16, opens=True, full_stop=False),
    row("advertisement", "id", r"(?:iklan|advertorial|konten bersponsor)(?: .{0,15})?", r"(?:scroll|gulir) (?:ke bawah )?untuk (?:melanjutkan|lanjut).{0,30}", r"lanjutkan membaca.{0,20}"),
    row("consent", "id", r"(?:kami|situs ini) menggunakan cookie.{0,200}", r"kebijakan privasi.{0,30}", max_words=40),
    row("related", "id", r"(?:baca|lihat|simak|tonton) (?:juga|selengkapnya|lainnya|artikel lainnya)", r"(?:berita|artikel) (?:terkait|lainnya|terkini|terpopuler|terbaru|populer|rekomendasi)", r"(?:terpopuler|terkait|pilihan editor|rekomendasi(?: untuk anda)?)", max_words=6, opens=True, full_stop=False),
    row("related", "id", r"(?:baca|lihat|simak|tonton)(?: juga| selengkapnya)?(?: ?[:|»>]| [–-]) ?.{1,200}", r"baca juga .{1,160}", r"klik (?:di sini|disini).{0,60}", max_words=28, full_stop=False),
    row("byline", "id", r"(?:penulis|editor|reporter|pewarta|oleh|laporan) ?[:/] ?.{1,60}", max_words=9, full_stop=False),
    row("credits", "id", r"sumber ?[:-] ?.{1,60}", max_words=8, full_stop=False),
    row("copyright", "id", r"hak cipta (?:dilindungi|©).{0,100}", r"(?:dilarang|copyright ©).{0,60}(?:mengambil|menyalin|konten|antara).{0,80}", max_words=30),
    row("timestamp", "id", r"(?:diterbitkan|diperbarui|dipublikasikan|terbit|pembaruan)(?: pada)? ?:? ?.{0,40}\d.{0,20}", r"(?:(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu) ?[,/]? ?)?\d{1,2} (?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|jan|feb|mar|apr|jun|jul|agu|sep|okt|nov|des) \d{4}(?:[ ,|–-]{1,4}(?:pukul )?\d{1,2}[:.]\d{2}(?: ?wib| ?wita| ?wit)?)?", r"\d+ (?:menit|jam|hari) (?:yang )?lalu", max_words=9, full_stop=False),
    row("photo_credit", "id", r"(?:foto|dok\.?|gambar|ilustrasi)(?: ?[:|/(]| [–-]) ?.{1,60}", max_words=8, full_stop=False),
    row("tags", "id", r"(?:tag|topik|kata kunci|kategori) ?: ?.{0,200}", max_words=20, full_stop=False),
)  # fmt: skip

HINDI: tuple[Rule, ...] = (
    row("comment_form", "hi", r"(?:टिप्पणी|कमेंट|प्रतिक्रिया) (?:करें|लिखें|दें|जोड़ें|छोड़ें)", r"(?:अपनी )?(?:टिप्पणी|प्रतिक्रिया) (?:यहां )?(?:लिखें|दें)", r"जवाब (?:रद्द करें|दें)", opens=True),
    row("comment_count", "hi", r"\d+ (?:टिप्पणियां|टिप्पणियाँ|कमेंट्स?)", r"(?:टिप्पणियां|टिप्पणियाँ|कमेंट्स)(?: ?[:(]? ?\d+\)?)?"),
    row("navigation", "hi", r"(?:होम|मुख्य पृष्ठ|खोजें|मेन्यू|बंद करें|ऊपर जाएं|और (?:देखें|दिखाएं)|सभी देखें)"),
    row("share", "hi", r"(?:शेयर|साझा) (?:करें|कीजिए)(?: .{0,25})?", r"(?:हमें|हमसे) .{0,40}(?:फॉलो|जुड़ें|जुड़े).{0,30}", r"लिंक कॉपी करें", opens=True, max_words=9),
    row("newsletter", "hi", r"(?:सब्सक्राइब|सदस्यता|साइन अप)(?: .{0,40})?", r"(?:न्यूज़लेटर|न्यूजलेटर)(?: .{0,30})?", r".{0,60}(?:ऐप|एप|व्हाट्सएप|व्हाट्सऐप|टेलीग्राम) .{0,20}(?:डाउनलोड|जुड़ें|जुड़े|फॉलो).{0,30}", max_words=18, opens=True),
    row("advertisement", "hi", r"विज्ञापन(?: .{0,15})?"),
    row("related", "hi", r"(?:यह|ये|इसे) भी (?:पढ़ें|पढ़ें|देखें)", r"(?:और|पूरी खबर|विस्तार से) (?:पढ़ें|पढ़ें)", r"(?:संबंधित|मिलती-जुलती|ताज़ा|ताजा|अन्य) (?:खबरें|ख़बरें|लेख|समाचार)", r"(?:सबसे ज्यादा|सर्वाधिक) (?:पढ़ी|पढ़ी|देखी) .{0,20}", max_words=6, opens=True),
    row("related", "hi", r"(?:(?:यह|ये|इसे) भी (?:पढ़ें|पढ़ें|देखें)|पढ़ें|और पढ़ें)(?: ?[:|»>-]| [–—]) ?.{1,200}", r".{0,60}(?:यहां|यहाँ) क्लिक करें.{0,20}", max_words=28),
    row("byline", "hi", r"(?:लेखक|रिपोर्ट|संवाददाता|द्वारा|संपादक) ?[:/-] ?.{1,50}", max_words=8),
    row("timestamp", "hi", r"(?:प्रकाशित|अपडेट|अपडेटेड|पब्लिश)(?: तिथि)? ?:? ?.{0,40}\d.{0,20}", r"\d+ (?:मिनट|घंटे|घंटा|दिन) पहले", max_words=10),
    row("photo_credit", "hi", r"(?:फोटो|फ़ोटो|तस्वीर|छवि|इमेज)(?: (?:सौजन्य|साभार|स्रोत|कैप्शन))? ?[:/-] ?.{1,60}", max_words=9),
    row("copyright", "hi", r".{0,30}सर्वाधिकार सुरक्षित.{0,40}", max_words=14),
)  # fmt: skip

CHINESE: tuple[Rule, ...] = (
    row("comment_form", "zh", r"(?:发表|發表|写|寫|我要)(?:评论|評論|留言|回复|回覆).{0,8}", r"(?:查看|更多|全部|所有)(?:评论|評論|留言).{0,6}", r"(?:登录|登錄|登入)后?(?:发表)?(?:评论|評論|留言).{0,6}"),
    row("comment_count", "zh", r"\d+ ?(?:条|則|个|條)?(?:评论|評論|留言)", r"(?:评论|評論|留言) ?[(（:：]? ?\d*[)）]?"),
    row("navigation", "zh", r"(?:返回|回到)(?:顶部|頂部|首页|首頁|上一页|列表).{0,4}", r"(?:首页|首頁|上一页|下一页|上一頁|下一頁|加载更多|載入更多|展开全文|收起)"),
    row("previous_next", "zh", r"(?:上一篇|下一篇|上一则|下一则|上一則|下一則)(?:文章|新闻|新聞)?[:： ]?.{0,60}", max_words=35),
    row("share", "zh", r"(?:分享|转发|轉發)(?:到|至|本文|文章|给朋友|按钮)?[^，。,]{0,12}", r"(?:关注|關注|追蹤|扫码关注|掃碼關注)(?:我们|我們|本报|微信公众号).{0,20}", r"(?:复制链接|複製連結|微信|微博|脸书|臉書|推特| |/|、|\|){1,12}", max_words=18),
    row("advertisement", "zh", r"(?:广告|廣告|推广|赞助内容)(?:声明)?", max_words=4),
    row("related", "zh", r"(?:相关|相關|延伸|推荐|推薦|更多|热门|熱門|最新)(?:阅读|閱讀|新闻|新聞|文章|报道|報導|报导|内容|專題|专题)(?:推荐)?(?:[:：].{1,80})?", r"(?:猜你喜欢|你可能也喜歡|阅读更多|閱讀更多|点击(?:这里|查看).{0,12}|點擊(?:這裡|查看).{0,12}|更多精彩.{0,10})", max_words=45, opens=True),
    row("byline", "zh", r"(?:作者|记者|記者|责任编辑|責任編輯|责编|編輯|编辑|文|撰文|来源|來源|校对)[:：/／|] ?.{1,30}", r"[(（](?:责任编辑|編輯|编辑|责编)[:： ].{1,20}[)）]", max_words=18),
    row("timestamp", "zh", r"(?:发布|發布|更新|发表|發表)(?:时间|時間|于|於)?[:： ]? ?\d{4}.{0,24}", r"\d{4}年\d{1,2}月\d{1,2}日.{0,14}", r"\d+ ?(?:分钟|分鐘|小时|小時|天)前", max_words=14, full_stop=False),
    row("copyright", "zh", r".{0,40}(?:版权所有|版權所有|未经授权|未經授權|禁止转载|请勿转载|保留所有权利).{0,60}", max_words=60),
    row("photo_credit", "zh", r"(?:图片?来源|圖片?來源|图源|摄影|攝影|资料图|資料圖|图为|图)[:：/／] ?.{1,30}", max_words=18),
)  # fmt: skip

JAPANESE: tuple[Rule, ...] = (
    row("comment_form", "ja", r"コメント(?:を(?:書く|残す|投稿|する|見る|読む|送信)|する|欄).{0,12}", r"メールアドレスが公開されることはありません.{0,40}", max_words=35),
    row("comment_count", "ja", r"コメント ?[(（:：]? ?\d*[)）]?(?:件)?", r"\d+ ?件のコメント"),
    row("navigation", "ja", r"(?:ページ(?:の)?(?:先頭|トップ)(?:へ|に戻る)|トップ(?:へ|に戻る|ページ)|ホーム|もっと見る|続きを(?:読む|見る)|次のページ.{0,4}|前のページ.{0,4}|一覧(?:へ|を見る|に戻る))"),
    row("previous_next", "ja", r"(?:前|次)の(?:記事|ページ|ニュース|投稿)(?:へ)?.{0,60}", max_words=35, full_stop=False),
    row("share", "ja", r"(?:シェア|ツイート|ブックマーク|いいね|フォロー)(?:する|ボタン|！|!)?", r"(?:この(?:記事|ページ)を)?(?:シェア|共有|印刷)(?:する|する)?", r".{0,20}(?:をフォロー|公式(?:アカウント|LINE)).{0,16}", max_words=20),
    row("newsletter", "ja", r"(?:メールマガジン|メルマガ|ニュースレター)(?:の?登録|を?購読)?.{0,16}", r"(?:無料)?会員登録.{0,16}", r"アプリを?ダウンロード.{0,10}", max_words=20),
    row("paywall", "ja", r"(?:ログイン|(?:この)?(?:記事|続き)は(?:有料)?会員(?:限定|のみ)).{0,24}", r"有料(?:会員)?記事.{0,12}", max_words=24),
    row("advertisement", "ja", r"(?:広告|スポンサーリンク|スポンサードリンク|PR)", max_words=6),
    row("related", "ja", r"(?:関連|おすすめ|人気|最新|注目|あわせて読みたい|新着)(?:の)?(?:記事|ニュース|リンク|キーワード|トピックス|ランキング|情報)?(?:[:：].{1,80})?", r"(?:こちらの記事も|合わせて読みたい).{0,20}", r"(?:詳しくは|くわしくは)こちら.{0,10}", max_words=45, opens=True, full_stop=False),
    row("byline", "ja", r"(?:文|著者|執筆|取材|記者|編集|筆者|取材・文)[:：/／=＝] ?.{1,24}", r"[【(（\[](?:共同|時事|ロイター|AFP|.{1,6}記者)[】)）\]]", max_words=15),
    row("timestamp", "ja", r"(?:公開|更新|配信|掲載|最終更新)(?:日時?|日)?[:： ]? ?\d{4}.{0,24}", r"\d{4}年\d{1,2}月\d{1,2}日.{0,14}", r"\d+ ?(?:分|時間|日)前", max_words=14, full_stop=False),
    row("copyright", "ja", r".{0,30}(?:無断(?:転載|複製)|転載(?:を|は)?禁|著作権は).{0,50}", max_words=45),
    row("photo_credit", "ja", r"(?:写真|画像|撮影|写真提供|画像提供|出典)[:：=＝/／] ?.{1,30}", r"[(（](?:写真|画像|撮影)[:：・=].{1,24}[)）]", max_words=18),
)  # fmt: skip

ROWS: tuple[Rule, ...] = (*INDONESIAN, *HINDI, *CHINESE, *JAPANESE)
