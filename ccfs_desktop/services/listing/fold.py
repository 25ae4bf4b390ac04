"""What two people writing the same word have in common."""

import re
import unicodedata

_DIGITS = {ord(digit): str(n) for row in ("০১২৩৪৫৬৭৮৯", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९") for n, digit in enumerate(row)}
_LETTERS = str.maketrans({"đ": "d", "ı": "i"})
_TRADITIONAL = str.maketrans(
    "編號員職業廠門車間線別關係電話聯絡備註學級過敏藥監護過種類國語與擔負責時開結縣籍貫戶鄉來務農機碼證書簽約訂實習"
    "體檢無證營養兒歲齡陰曆陽號緊應據單組長領導請選填寫說紀錄離進報離職狀態說姓齊總計處備關繫點發護顧對拍攝攜帶課會產達與東"
    "親媽爺孫嬸婦師園導醫衛廚歷殘疾愛調詢圖書館廳間無禁殺總級齊組錄確認審覈繳費補貼輪崗產線長週雙數據統",
    "编号员职业厂门车间线别关系电话联络备注学级过敏药监护过种类国语与担负责时开结县籍贯户乡来务农机码证书签约订实习"
    "体检无证营养儿岁龄阴历阳号紧应据单组长领导请选填写说纪录离进报离职状态说姓齐总计处备关系点发护顾对拍摄携带课会产达与东"
    "亲妈爷孙婶妇师园导医卫厨历残疾爱调询图书馆厅间无禁杀总级齐组录确认审核缴费补贴轮岗产线长周双数据统",
)
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)


def tidy(text: str) -> str:
    """Take out what nobody sees and write every gap as one blank; letters stay as typed."""
    if (
        text.isprintable()
        and "  " not in text
        and text[:1] != " " != text[-1:]
        and unicodedata.is_normalized("NFC", text)
    ):
        return text
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def digits(text: str) -> str:
    """Write full-width, Bengali and other digits as 0-9, and full-width signs as plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_DIGITS)


def lower(text: str) -> str:
    """Write without case, width and traditional forms, but with every mark: ``Năm`` is not ``Nam``."""
    plain = digits(text).replace("İ", "i").casefold().translate(_TRADITIONAL)
    return unicodedata.normalize("NFC", plain)


def fold(text: str) -> str:
    """Write without case, width and the marks of Latin letters; the vowel signs of Bengali stay."""
    plain = unicodedata.normalize("NFD", lower(text)).translate(_LETTERS)
    return "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")


def key(text: str) -> str:
    """Write only the letters and digits of a folded text: what remains whatever the spacing and punctuation."""
    return "".join(letter for letter in fold(text) if unicodedata.category(letter)[0] in "LNM")
