"""Words of dates: months in the languages of the feeds, zones, calendars other than ours.

Owns the tables and the arithmetic of the solar Hijri calendar. Refuses lunar years: their months
begin by sight, so that a day written in them is known to a day or two only.
Month names are those of the Unicode CLDR's common locales, with the short forms that papers print.
"""

import unicodedata
from datetime import date, timedelta
from functools import cache, lru_cache

_MONTHS = (
    "jan january januar januari janvier janv enero ene janeiro gennaio genn gen ocak января январь янв січня січень styczen stycznia sty leden ledna januara januaru sijecanj sijecnja ianuarie ιανουαριος ιανουαριου ιαν януари студзеня јануар јануара tammikuuta tammikuu gener sausio janvaris janvari jaanuar يناير جانفي ژانویه جنوری ינואר जनवरी জানুয়ারি มกราคม ม.ค. januarie yanvar",
    "feb february februar februari fevrier fevr fev febrero febr fevereiro febbraio febb subat февраля февраль фев лютого лютий luty lutego lut unor unora februara veljaca veljace februarie φεβρουαριος φεβρουαριου φεβ февруари лютага фебруар фебруара helmikuuta helmikuu febrer vasario februaris februari veebruar فبراير شباط فيفري فوریه فروری פברואר फरवरी ফেব্রুয়ারি กุมภาพันธ์ ก.พ. fevral",
    "mar march marz maerz mrz mars marzo março marco maart mrt maret mart марта март мар березня березень marzec marca marec brezen brezna ozujak ozujka martie μαρτιος μαρτιου μαρ сакавіка maaliskuuta maaliskuu marc kovo marts marta مارس آذار مارچ מרץ मार्च মার্চ มีนาคม มี.ค. mac machi marcius",
    "apr april avril avr abril abr aprile nisan апреля апрель апр квітня квітень kwiecien kwietnia kwi duben dubna aprila travanj travnja aprilie απριλιος απριλιου απρ април красавіка априла huhtikuuta huhtikuu balandzio aprilis aprill أبريل إبريل نيسان أفريل آوریل اپریل אפריל अप्रैल এপ্রিল เมษายน เม.ย. aprili aprel",
    "may mai mayo maio maggio magg mag mei mayis мая май травня травень maj maja kveten kvetna svibanj svibnja μαιος μαιου μαι маја мај траўня toukokuuta toukokuu maig geguzes maijs majs مايو أيار ماي مه مئی מאי मई মে พฤษภาคม พ.ค. majus",
    "jun june juni juin junio junho giugno giu haziran июня июнь июн червня червень czerwiec czerwca cze cerven cervna juna lipanj lipnja iunie ιουνιος ιουνιου ιουν юни чэрвеня јун јуна kesakuuta kesakuu juny birzelio junijs juuni يونيو حزيران جوان ژوئن جون יוני जून জুন มิถุนายน มิ.ย. iyun junius",
    "jul july juli juillet juil julio julho luglio lug temmuz июля июль июл липня липень lipiec lipca lip cervenec cervence jula srpanj srpnja iulie ιουλιος ιουλιου ιουλ юли ліпеня јул јула heinakuuta heinakuu juliol liepos julijs juuli يوليو تموز جويلية ژوئیه جولائی יולי जुलाई জুলাই กรกฎาคม ก.ค. julai iyul julius",
    "aug august augusti aout agosto ago augustus agustos августа август авг серпня серпень sierpien sierpnia sie srpen srpna avgust avgusta kolovoz kolovoza αυγουστος αυγουστου αυγ жніўня аугуст августa elokuuta elokuu agost rugpjucio augusts أغسطس آب أوت اوت اگست אוגוסט अगस्त আগস্ট สิงหาคม ส.ค. agustus ogos agosti augusztus",
    "sep sept september septembre septiembre setiembre setembro set settembre sett eylul сентября сентябрь сен сент вересня вересень wrzesien wrzesnia wrz zari septembra septembar rujan rujna septembrie σεπτεμβριος σεπτεμβριου σεπ септември верасня септембар септембра syyskuuta syyskuu setembre rugsejo septembris سبتمبر أيلول سپتامبر ستمبر ספטמבר सितंबर सितम्बर সেপ্টেম্বর กันยายน ก.ย. septemba sentyabr szeptember",
    "oct october oktober okt octobre octubre outubro out ottobre ott ekim октября октябрь окт жовтня жовтень pazdziernik pazdziernika paz rijen rijna oktobra oktobar octombrie οκτωβριος οκτωβριου οκτ октомври кастрычніка октобар октобра lokakuuta lokakuu spalio oktobris oktoober أكتوبر اکتبر اکتوبر אוקטובר अक्टूबर অক্টোবর ตุลาคม ต.ค. oktoba oktyabr",
    "nov november novembre noviembre novembro kasim ноября ноябрь ноя нояб листопада listopada listopadu novembra novembar studeni studenoga noiembrie νοεμβριος νοεμβριου νοε ноември лістапада новембар новембра marraskuuta marraskuu lapkricio novembris نوفمبر نوامبر نومبر נובמבר नवंबर नवम्बर নভেম্বর พฤศจิกายน พ.ย. novemba noyabr",
    "dec december dezember dez decembre diciembre dic dezembro dicembre desember aralik декабря декабрь дек грудня грудень grudzien grudnia gru prosinec prosince decembra decembar prosinac prosinca decembrie δεκεμβριος δεκεμβριου δεκ декември снежня децембар децембра joulukuuta joulukuu desembre gruodzio decembris detsember ديسمبر دسامبر دسمبر דצמבר दिसंबर दिसम्बर ডিসেম্বর ธันวาคม ธ.ค. desemba disember dekabr",
)
_JALALI = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
_LEVANT = (("كانون الثاني", "يناير"), ("كانون الأول", "ديسمبر"), ("كانون الاول", "ديسمبر"), ("تشرين الأول", "أكتوبر"), ("تشرين الاول", "أكتوبر"), ("تشرين الثاني", "نوفمبر"))  # fmt: skip
_HEBREW_IN = "ב"

ZONES_H = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "wat": 1, "cat": 2, "sast": 2, "eet": 2, "eest": 3,
    "eat": 3, "msk": 3, "мск": 3, "trt": 3, "irst": 3.5, "gst": 4, "pkt": 5, "ist": 5.5, "npt": 5.75, "ict": 7, "wib": 7, "wita": 8, "wit": 9, "hkt": 8,
    "sgt": 8, "myt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10, "acdt": 10.5, "aedt": 11, "nzst": 12, "nzdt": 13, "nst": -3.5,
    "brt": -3, "art": -3, "clt": -4, "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8, "akdt": -8, "akst": -9, "hst": -10,
}  # fmt: skip
"""Hours east of UTC. IST is India's, BST Britain's, CST America's: what most pages mean by them."""

AMERICAN_H = {"et": -5, "ct": -6, "mt": -7, "pt": -8}
"""Winter hours of "ET" and its like, which go forward in summer."""

AFTERNOON = frozenset(("p", "pm", "م", "مساء", "下午", "午後", "晚上", "오후", "μμ", "ч"))
ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
"""The year before an era's first."""

DAY_LEADS = frozenset(("de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "nb", "nn", "fi", "pl", "cs", "sk", "sl", "hr", "sr", "bs", "bg", "mk", "ro", "el", "tr", "ru", "uk", "be", "ka", "hy", "az", "ar", "he", "ur", "hi", "bn", "ta", "te", "id", "ms", "vi", "th", "sw", "ca", "gl", "et", "lv", "sq"))  # fmt: skip
"""Languages whose numeric dates put the day first."""

_ENGLISH_DAY_LEADS = frozenset(("gb", "uk", "au", "nz", "ie", "in", "za", "ng", "ke", "pk", "gh", "sg", "my"))


def day_leads(language: str) -> bool:
    """Return whether 3/4/2024 is the third of April in ``language`` ("fr", "en-GB")."""
    main, _, region = language.lower().replace("_", "-").partition("-")
    return main in DAY_LEADS or (main == "en" and region[:2] in _ENGLISH_DAY_LEADS)


def _key(name: str) -> str:
    spread = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(char for char in spread if not unicodedata.combining(char))
    return bare.replace("ي", "ی").replace("ك", "ک").replace("ı", "i")


@cache
def load() -> tuple[dict[str, int], dict[str, int]]:
    """Return the months' numbers by folded name, ours and those of the solar Hijri calendar."""
    ours = {
        _key(name).rstrip("."): number for number, names in enumerate(_MONTHS, 1) for name in names.split()
    }
    return ours, {_key(name): number for number, name in enumerate(_JALALI, 1)}


@lru_cache(maxsize=2048)
def month(name: str) -> tuple[int, bool]:
    """Return a month's number and whether it is one of the solar Hijri calendar; 0 for other words."""
    ours, jalali = load()
    plain = _key(name).rstrip(".")
    if number := ours.get(plain) or ours.get(plain.removeprefix(_HEBREW_IN)):
        return number, False
    return jalali.get(plain, 0), True


def plainly(text: str) -> str:
    """Return ``text`` with two-word months in one, ASCII digits and no marks of direction."""
    text = text.translate(_DIGITS)
    if "\u0646" in text:
        for two, one in _LEVANT:
            text = text.replace(two, one)
    return text


_DIGITS = {
    **{
        ord(char): str(i % 10)
        for i, char in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯０１２３４５６７８９๐๑๒๓๔๕๖๗๘๙")
    },
    **dict.fromkeys((0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2068, 0x2069), ""),
    0x200C: " ",
    0xA0: " ",
}


def from_jalali(year: int, month_number: int, day: int) -> date | None:
    """Return our day of one in the solar Hijri calendar (years 1300 to 1500), or None.

    Counts days from Nowruz 1300 (21 March 1921) by the calendar's 33-year cycle of leap years.
    """
    if not (
        1300 <= year < 1500 and 1 <= month_number <= 12 and 1 <= day <= (31 if month_number <= 6 else 30)
    ):
        return None
    before = 365 * (year - 1300) + _leaps(year) - _leaps(1300)
    in_year = 31 * (month_number - 1) - max(0, month_number - 7) + day - 1
    return date(1921, 3, 21) + timedelta(days=before + in_year)


def _leaps(year: int) -> int:
    """Return how many leap years come before ``year``, of 8 in each 33: remainders 1, 5, 9, 13, 17, 22, 26, 30."""
    cycles, rest = divmod(year, 33)
    return 8 * cycles + sum(leap < rest for leap in (1, 5, 9, 13, 17, 22, 26, 30))
