"""Children's badges and pick-up cards: ten of the size of a bank card on a page, to cut out."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.marks import alert, qr_code
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import FINE, RULE
from ccfs_desktop.reports.kit.words import Words, iso
from ccfs_desktop.services.papers import Badge, BadgeSheet, Letterhead, PickupCard, PickupCardSheet
from ccfs_desktop.services.sheet_geometry import Box

_ACROSS, _DOWN = 2, 5
_WIDTH, _HEIGHT = 86.0, 54.0
_CODE = 19.0


T = TypeVar("T")


def render(data: BadgeSheet) -> bytes:
    """Return the children's badges as a PDF."""
    words = Words(data.letterhead.languages)
    paper = Paper(words.first(N_("Badges")), language=words.languages[0], made=data.letterhead.printed_at)
    _cards(paper, data.badges, lambda box, badge: _badge(paper, data.letterhead, box, badge))
    return paper.finish()


def render_pickup_cards(data: PickupCardSheet) -> bytes:
    """Return the pick-up cards as a PDF."""
    words = Words(data.letterhead.languages)
    paper = Paper(words.first(N_("Pick-up cards")), language=words.languages[0], made=data.letterhead.printed_at)
    _cards(paper, data.cards, lambda box, card: _pickup(paper, words, data.letterhead, box, card))
    return paper.finish()


def _cards(paper: Paper, cards: Sequence[T], draw: Callable[[Box, T], None]) -> None:
    """Place cards on pages; cutting lines touch so that one cut parts two cards."""
    left, top = (paper.width - _ACROSS * _WIDTH) / 2, (paper.height - _DOWN * _HEIGHT) / 2
    paper.section(landscape=False)
    for index, card in enumerate(cards):
        place = index % (_ACROSS * _DOWN)
        if index and not place:
            paper.page()
        box = Box(left + place % _ACROSS * _WIDTH, top + place // _ACROSS * _HEIGHT, _WIDTH, _HEIGHT)
        paper.box(box, FINE)
        draw(box.inside(4, 3.6), card)


def _badge(paper: Paper, letterhead: Letterhead, box: Box, badge: Badge) -> None:
    _whose(paper, letterhead, box)
    middle = box.top + 6.4
    left = box.left
    if badge.photo:
        paper.picture(Box(left, middle, 20, 25), badge.photo)
        left += 22.5
    right = box.right - (_CODE + 3 if badge.code else 0)
    paper.fill(Box(left, middle, right - left, 13), badge.name, 20, bold=True, floor=7)
    paper.fill(Box(left, middle + 13.2, right - left, 4.6), badge.name_latin, 9, most=1)
    paper.fill(Box(left, middle + 18.4, right - left, 6), badge.group, 11, most=1)
    if badge.code:
        qr_code(paper, Box(box.right - _CODE - 0.5, middle + 0.5, _CODE, _CODE), badge.code)
    paper.fill(Box(box.right - 40, box.bottom - 12.5, 40, 12.5), badge.number, 28, bold=True, align="right", most=1)
    for index, kind in enumerate(badge.alerts):
        alert(paper, Box(box.left + 0.8 + index * 6.6, box.bottom - 5.8, 5.4, 5.4), kind)


def _pickup(paper: Paper, words: Words, letterhead: Letterhead, box: Box, card: PickupCard) -> None:
    _whose(paper, letterhead, box)
    middle = box.top + 5.6
    title = "  ".join(words.each(N_("Pick-up card")))
    paper.fill(Box(box.left, middle, box.width - _CODE - 3, 5), title, 9.5, bold=True, most=1)
    picture = Box(box.left, middle + 6.4, 20, 26)
    if card.photo:
        paper.picture(picture, card.photo)
    else:
        paper.box(picture, RULE)
        words.heading(paper, picture.inside(1, 8), N_("Photo"), 7.5, bold=False)
    left, right = picture.right + 2.5, box.right - _CODE - 3
    words.label(paper, left, middle + 9, N_("Child"), 6.5)
    paper.fill(Box(left, middle + 9.8, right - left, 6.6), card.child, 12, bold=True)
    paper.fill(Box(box.right - _CODE, middle + _CODE + 1, _CODE, 7), card.child_number, 15, bold=True, align="centre")
    words.label(paper, left, middle + 19.4, N_("May be collected by"), 6.5)
    paper.fill(Box(left, middle + 20.2, box.right - left, 6.4), card.adult, 12, bold=True)
    paper.fill(Box(left, middle + 26.6, box.right - left, 4.4), card.relation, 8.5, most=1)
    if card.code:
        qr_code(paper, Box(box.right - _CODE - 0.5, box.top + 5.2, _CODE, _CODE), card.code)
    valid = words.both(N_("Valid until"))
    paper.fill(Box(box.left, box.bottom - 7.6, box.width / 2 - 2, 4), f"{valid} {iso(card.valid_until)}", 7, most=1)
    paper.fill(
        Box(box.left, box.bottom - 3.4, box.width, 3.4),
        words.both(N_("Show it with your ID. If lost, tell the space at once.")),
        6,
        most=1,
    )


def _whose(paper: Paper, letterhead: Letterhead, box: Box) -> None:
    names = "  ·  ".join(filter(None, (letterhead.factory, letterhead.space, letterhead.season)))
    paper.fill(Box(box.left, box.top - 0.6, box.width, 4), names, 7, most=1)
