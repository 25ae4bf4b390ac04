"""The small calendar beside a date field."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from ccfs_desktop.i18n import language
from ccfs_desktop.views.kit import icons, theme

_ARROWS = {"qt_calendar_prevmonth": "chevron-left", "qt_calendar_nextmonth": "chevron-right"}


class CalendarPopup(QFrame):
    """A month to pick a day from; goes away when one is picked."""

    picked = Signal(object)

    def __init__(self, parent: QWidget, shown: date) -> None:
        """Show the month of a day."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.month = QCalendarWidget()
        self.month.setLocale(_locale())
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._dress()
        self.month.clicked.connect(self._pick)
        self.month.activated.connect(self._pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.month)
        self.month.setFocus()

    def _dress(self) -> None:
        """Take Qt's red week-ends and black arrows away."""
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(theme.tones().quiet))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(day, quiet)
        self.month.setHeaderTextFormat(quiet)
        for arrow in self.month.findChildren(QToolButton):
            if arrow.objectName() in _ARROWS:
                icons.put(arrow, _ARROWS[arrow.objectName()])

    def _pick(self, day: QDate) -> None:
        self.picked.emit(date(day.year(), day.month(), day.day()))
        self.close()


def _locale() -> QLocale:
    """Return the language in use, with our digits: records are written in them."""
    locale = QLocale(language())
    plain = locale.zeroDigit() == "0"
    return locale if plain else QLocale(QLocale.Language.English)
