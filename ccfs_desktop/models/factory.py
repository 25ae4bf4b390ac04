"""The factory: the one whose office this is."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label


class SheetLayout(Choice):
    """How the daily sheet is laid out."""

    SCAN_READY = "scan-ready", N_("Scan-ready (tick boxes)")
    FULL = "full", N_("Full (all columns)")


class Factory(Record, kw_only=True):
    """The factory, and what its papers look like. Each office has exactly one."""

    __tablename__ = "factory"

    name: Mapped[str] = mapped_column(String(120), info=label(N_("Factory")))
    name_latin: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Name in Latin letters")))
    country: Mapped[str] = mapped_column(String(2), info=label(N_("Country"), help=N_("Two letters, such as CN.")))
    address: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Address")))
    space: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Name of the space")))
    phone: Mapped[str] = mapped_column(String(40), default="", info=label(N_("Phone")))
    paper_languages: Mapped[str] = mapped_column(
        String(40), default="en", info=label(N_("Languages on paper"), help=N_("First the one parents read."))
    )
    """Comma-separated codes, the leading one first: ``zh_CN,en``."""
    sheet_layout: Mapped[SheetLayout] = mapped_column(
        choice(SheetLayout), default=SheetLayout.SCAN_READY, info=label(N_("Layout of the day sheet"))
    )
    number_width: Mapped[int] = mapped_column(default=0)
    """How many digits an all-digit worker number has, 0 when unknown; restores leading zeros that Excel dropped."""
    letterbox: Mapped[str] = mapped_column(String(64), default="")
    """Public half of the key that sealed letters are written to, in hexadecimal; see ``vault.cipher.letterbox``."""
    demonstration: Mapped[bool] = mapped_column(default=False)
    """Made-up people; opens without a password and says so."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The paper's languages, the leading one first."""
        return tuple(code.strip() for code in self.paper_languages.split(",") if code.strip()) or ("en",)
