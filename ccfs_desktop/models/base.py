"""What every stored record has: an id, a version, and columns that know their own label."""

import enum
from typing import Any, Self

from sqlalchemy import Enum, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, declared_attr, mapped_column

# Named constraints, so that a migration on SQLite can find what it must rebuild.
_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Choice(enum.StrEnum):
    """One of a few words: stored by its code, shown by its word. ``FEMALE = "female", N_("Female")``."""

    _value_: str
    word: str

    def __new__(cls, code: str, word: str) -> Self:
        """Keep the word beside the code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.word = word
        return member


def choice(kind: type[Choice]) -> Enum:
    """Return the column type that stores a choice by its code, readable in any database."""
    return Enum(kind, native_enum=False, length=24, values_callable=lambda members: [m.value for m in members])


class Base(MappedAsDataclass, DeclarativeBase):
    """The metadata all tables share."""

    metadata = MetaData(naming_convention=_NAMES)


class Record(Base, kw_only=True):
    """A stored row. Its version tells the second of two editors that the first was faster."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version: Mapped[int] = mapped_column(init=False, default=None, nullable=False)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let SQLAlchemy count versions."""
        return {"version_id_col": cls.__table__.c.version}  # pyright: ignore


def label(text: str, *, help: str = "", multiline: bool = False, duration: bool = False) -> dict[str, Any]:  # noqa: A002 (the form's own word)
    """Say once what a column is called; forms, table heads, paper and exports all read it.

    Args:
        text: the column's name for people, marked with ``N_``.
        help: one sentence shown beside the field, marked with ``N_``.
        multiline: whether people write more than a line.
        duration: whether the number is minutes that people write as hours and minutes, such as 8:00.
    """
    return {"label": text, "help": help, "multiline": multiline, "duration": duration}
