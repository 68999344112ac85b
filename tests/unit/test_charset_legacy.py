"""Pages whose declared charset can not be true are read by the letters they hold."""

import pytest

from dateline.text import charset, extract, legacy

TEXTS = {
    "ru": "Вооружённые люди напали на две деревни на севере области в воскресенье ночью и сожгли несколько домов, сообщили власти. Губернатор заявил, что армия направила в район солдат и поиски продолжаются.",
    "uk": "Озброєні люди напали на два села на півночі області в неділю вночі та спалили кілька будинків, повідомила влада. Губернатор заявив, що пошуки нападників тривають у всьому районі.",
    "ar": "هاجم مسلحون قريتين في شمال المحافظة ليلة الأحد وأحرقوا عددا من المنازل، بحسب ما أعلن مسؤولون. وقال المحافظ إن الجيش أرسل جنودا إلى المنطقة وإن البحث عن المهاجمين مستمر حتى الآن.",
    "el": "Ένοπλοι επιτέθηκαν σε δύο χωριά στα βόρεια της επαρχίας το βράδυ της Κυριακής και έκαψαν πολλά σπίτια, ανακοίνωσαν οι αρχές. Ο κυβερνήτης είπε ότι ο στρατός έστειλε στρατιώτες στην περιοχή.",
    "he": "חמושים תקפו שני כפרים בצפון המחוז בליל יום ראשון ושרפו בתים רבים, כך מסרו גורמים רשמיים. המושל אמר כי הצבא שלח חיילים לאזור וכי החיפושים אחר התוקפים נמשכים גם היום.",
    "ja": "武装した男たちが日曜日の夜、州の北部にある二つの村を襲い、家を焼いたと当局が明らかにした。知事は、軍が兵士を派遣し、捜索が続いていると述べた。病院によると、九人が死亡し、二十人がけがをした。",
    "zh": "武装人员星期日夜里袭击了该省北部的两个村庄，烧毁了一些房屋，官员们说。省长说，军队已经向这个地区派出了士兵，搜索工作还在进行。医院在一份声明中说，有九人死亡，二十人受伤。",
    "ko": "무장한 남성들이 일요일 밤 주 북부의 두 마을을 습격해 집을 불태웠다고 당국이 밝혔다. 주지사는 군이 병사들을 이 지역에 보냈으며 수색이 계속되고 있다고 말했다. 병원은 아홉 명이 숨졌다고 전했다.",
    "th": "ชายติดอาวุธโจมตีหมู่บ้านสองแห่งทางตอนเหนือของจังหวัดในคืนวันอาทิตย์และเผาบ้านหลายหลัง เจ้าหน้าที่กล่าว ผู้ว่าราชการกล่าวว่ากองทัพได้ส่งทหารไปยังพื้นที่และการค้นหายังดำเนินต่อไป",
}
CODECS = [
    ("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "cp866"), ("ru", "iso8859-5"), ("uk", "cp1251"), ("ar", "cp1256"), ("ar", "iso8859-6"), ("el", "cp1253"),
    ("he", "cp1255"), ("ja", "euc-jp"), ("ja", "cp932"), ("zh", "gb18030"), ("ko", "cp949"), ("th", "cp874"),
]  # fmt: skip


def page(text: str, declared: str) -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}<title>News of the day</title></head><body><h1>News of the day</h1><p>{text}</p></body></html>"


@pytest.mark.parametrize(("language", "codec"), CODECS)
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", ""])
def test_legacy_bytes_under_a_false_name_are_read(language: str, codec: str, declared: str) -> None:
    """Declared UTF-8, the server's default, or nothing: the letters tell."""
    text = TEXTS[language].encode(codec, "ignore")
    body = page("{}", declared).encode().replace(b"{}", text)
    assert text.decode(codec) in charset.decode(body)


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(
    "declared", ["windows-1251", "windows-1256", "gbk", "shift_jis", "euc-jp", "iso-8859-1"]
)
def test_utf_8_under_a_legacy_name_is_utf_8(language: str, declared: str) -> None:
    """What is valid UTF-8 is so whatever header and page say."""
    body = page(TEXTS[language], declared).encode()
    assert TEXTS[language] in charset.decode(body, f"text/html; charset={declared}")


@pytest.mark.parametrize(("language", "codec"), CODECS)
def test_the_true_name_is_believed(language: str, codec: str) -> None:
    """A declared charset that is not the usual false one is what decides."""
    label = {"cp932": "shift_jis", "gb18030": "gbk", "cp949": "euc-kr", "cp874": "tis-620", "cp866": "ibm866"}.get(codec, codec).replace("iso8859", "iso-8859")  # fmt: skip
    text = TEXTS[language].encode(codec, "ignore")
    body = page("{}", label).encode().replace(b"{}", text)
    assert text.decode(codec) in charset.decode(body)


@pytest.mark.parametrize(
    "text",
    ["L’été à Orléans, où l’armée a été déployée près des forêts, a été meurtrier pour vingt blessés français.", "Größere Überfälle in Köln: Männer töteten fünf Händler, während Häuser brannten.", "El señor Muñoz murió en Bogotá; la policía detuvo a dieciséis jóvenes más."],
)  # fmt: skip
def test_latin_letters_are_left_to_what_is_declared(text: str) -> None:
    """Accents among plain letters are no foreign script."""
    body = page("{}", "utf-8").encode().replace(b"{}", text.encode("cp1252"))
    assert legacy.guess(body) is None
    assert text in charset.decode(body)


def test_an_article_under_a_false_name_is_read_in_its_language() -> None:
    """The whole reading: Russian in Windows-1251 that claims UTF-8."""
    body = page("{}", "utf-8").encode().replace(b"{}", TEXTS["ru"].encode("cp1251"))
    read = extract.read_html(body, url="")
    assert (read.text, read.language) == (TEXTS["ru"], "ru")
