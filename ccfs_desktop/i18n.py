"""The six languages. Screen and paper may speak different ones at the same time.

Whole sentences with named placeholders, never pieces: ``_("{name} is already signed in.").format(name=…)``.
"""

import gettext as _gettext
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from ccfs_desktop import paths

LANGUAGES: dict[str, str] = {
    "en": "English",
    "zh_CN": "简体中文",
    "vi": "Tiếng Việt",
    "id": "Bahasa Indonesia",
    "bn": "বাংলা",
    "tr": "Türkçe",
}
"""Language code → its own name, in the order they are offered."""

_language: ContextVar[str] = ContextVar("language", default="en")


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for "translate later")
    """Mark a text for translation where it is written; it is translated where it is shown."""
    return message


def _(message: str) -> str:
    """Translate a text into the language in use."""
    return _catalogue(_language.get()).gettext(message) if message else ""


def ngettext(one: str, many: str, n: int) -> str:
    """Translate a text whose wording depends on a count."""
    return _catalogue(_language.get()).ngettext(one, many, n)


def listed(words: Iterable[str]) -> str:
    """Write words as a list, with the comma of the language in use."""
    return _(", ").join(words)


def language() -> str:
    """Return the code of the language in use."""
    return _language.get()


def set_language(code: str) -> None:
    """Speak this language from now on (in this thread and those that copy its context)."""
    _language.set(code if code in LANGUAGES else "en")


@contextmanager
def use(code: str) -> Iterator[None]:
    """Speak another language for a while: ``with use("bn"): render(…)``."""
    token = _language.set(code if code in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    """Load one language; a source checkout without compiled catalogues compiles in memory."""
    folder = paths.resource(f"locale/{code}/LC_MESSAGES")
    source, compiled = folder / "ccfs.po", folder / "ccfs.mo"
    if compiled.exists() and not (source.exists() and source.stat().st_mtime > compiled.stat().st_mtime):
        with compiled.open("rb") as stream:
            return _gettext.GNUTranslations(stream)
    if not source.exists():
        return _gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (only in a source checkout)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    buffer = io.BytesIO()
    with source.open("rb") as stream:
        write_mo(buffer, read_po(stream, locale=code))
    buffer.seek(0)
    return _gettext.GNUTranslations(buffer)
