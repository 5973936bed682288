"""Dates as pages state them, in the contract's spelling: ISO 8601, as exact as stated, with the stated offset."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LONGEST", "WEEKDAYS", "day_in_url", "moment"]

_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.時h](?P<minute>\d{2})分?(?::(?P<second>\d{2}(?:[.,]\d+)?))?|(?=\s*[ap]\.?m\b))"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s*(?:uhr|h|hrs)\b\.?)?"
)
_ZONE = (
    r"(?P<zone>Z|(?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,4})"
    r"(?:\s*\([^()]*\)|\[[^\[\]]*\]|\s+[A-Z]{3,4})?"
)
"""An offset, or the letters of a zone: few mean the same everywhere (`_ZONES`), others leave the offset open."""
_BETWEEN = r"(?:T|\s*,?\s*[-–|•·]\s*|,?\s+(?:(?:at|um|pukul|pkl\.?|a las|à|alle|às|om|kl\.?|klo|o|в|saat)\s+)?)"
_TIME = rf"(?:{_BETWEEN}{_CLOCK}(?:\s*{_ZONE})?)?"
_BEFORE = rf"{_CLOCK}(?:\s*{_ZONE})?,?\s+"
_WEEKDAY = r"(?:(?P<weekday>[^\W\d]+)\.?,?\s+)?"

_NUMBERS = (
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
    r"(?P<year>\d{4})\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})\.?",
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    r"(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日",
    r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})",
    r"(?P<first>\d{1,2})(?P<between>[/-])(?P<other>\d{1,2})(?P=between)(?P<year>\d{4})",
)
_NAMES = (
    (
        r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+)?(?P<name>[^\W\d]+)\.?,?[\s-]+(?:de\s+)?"
        r"(?P<year>\d{4})(?:\s?г\.?)?"
    ),
    r"(?P<name>[^\W\d]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
)
_SPELLINGS = tuple(
    re.compile(spelling, re.IGNORECASE)
    for spelling in (
        *(f"{_WEEKDAY}{day}{_TIME}" for day in (*_NUMBERS, *_NAMES)),
        *(f"{_BEFORE}{_WEEKDAY}{day}" for day in _NAMES),
    )
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<half>)"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
_ROUGH = re.compile(r"\d{4}(?:-\d{2})?")
_EPOCH = re.compile(r"(?P<seconds>1?\d{9})(?P<milliseconds>\d{3})?")
_CTIME = re.compile(
    r"[a-z]{3} (?P<month>[a-z]{3}) +(?P<day>\d{1,2}) (?P<time>[\d:]{8}) (?P<zone>\S+ )?(?P<year>\d{4})", re.IGNORECASE
)
_ZONES = {
    "Z": "Z", "UTC": "+00:00", "GMT": "+00:00",
    "EDT": "-04:00", "EST": "-05:00", "CDT": "-05:00", "CST": "-06:00",
    "MDT": "-06:00", "MST": "-07:00", "PDT": "-07:00", "PST": "-08:00",
    "WIB": "+07:00", "WITA": "+08:00", "WIT": "+09:00",
}  # fmt: skip
"""Letters of zones: those of RFC 5322, 4.3, and of Indonesia."""

_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "januari februari maret april mei juni juli agustus september oktober november desember",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "januar februar marts april maj juni juli august september oktober november desember",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "ledna února března dubna května června července srpna září října listopadu prosince",
        "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "jan feb mar apr mei jun jul agu sept okt nov des",
        "jan feb mrt apr mai jun jul agt set okt nov dez",
        "ene fév mär abr mai juin juil ago sep oct nov dic",
    )
    for number, name in enumerate(names.split(), 1)
}
"""Names of months in the languages of the packs and their neighbours: English, Indonesian, German, Spanish, French,
Portuguese, Italian, Dutch, Swedish, Danish and Norwegian, Polish, Czech, Turkish, Russian, Ukrainian; then cut
short."""

WEEKDAYS = tuple(
    name
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "senin selasa rabu kamis jumat jum'at sabtu minggu ahad",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "lunes martes miércoles jueves viernes sábado domingo",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "segunda terça quarta quinta sexta sábado domingo",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    )
    for name in names.split()
)
"""Names of the days in the languages of the packs and their neighbours, in lower case."""
_WEEKDAYS = frozenset(name[:3] for name in WEEKDAYS)
"""How they begin."""

_IN_URL = re.compile(
    r"[/_-](?P<year>(?:19|20)\d{2})(?P<between>[/_-]?)(?P<month>\d{2})(?P=between)(?P<day>\d{2})(?=[/_.-]|$)"
)


def moment(text: str | None) -> str | None:
    """A stated date, or date and time, as ISO 8601; None where it is no such thing or no such day exists.

    `2024-06-20 15:00 +0700` becomes `2024-06-20T15:00+07:00`; `Thu, 20 Jun 2024 15:00:00 GMT` (RFC 5322) becomes
    `2024-06-20T15:00:00+00:00`; `20 Juni 2024, 15.00 WIB` becomes `2024-06-20T15:00+07:00`; seconds or milliseconds
    since 1970 are a time in UTC. Nothing is added: a time without an offset stays without. `05/06/2024` could be in May
    or in June, and so is None.
    """
    text = _with_plain_digits(" ".join((text or "").split()))
    if not text or len(text) > LONGEST:
        return None
    return next((found for read in _READERS if (found := read(text))), None)


def day_in_url(url: str | None) -> str | None:
    """The day that the path of a URL holds (`/2024/06/20/`, `-20240620-`), or None."""
    path = (url or "").partition("://")[2].partition("/")[2].partition("?")[0]
    found = [_day(one["year"], one["month"], one["day"]) for one in _IN_URL.finditer(f"/{path}")]
    days = [day for day in found if day]
    return days[0] if len(set(days)) == 1 else None


LONGEST = 80
"""A date is written in at most this many code points."""


def _with_plain_digits(text: str) -> str:
    """Arabic-Indic, Devanagari and other digits as those of ASCII."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _spelled(text: str) -> str | None:
    """A date in one of the spellings, with or without a time."""
    for spelling in (*_SPELLINGS, _COMPACT):
        found = spelling.fullmatch(text)
        if found and _is_weekday(found.groupdict().get("weekday")):
            day = _day_of(found)
            return _with_time(day, found) if day else None
    return text if _ROUGH.fullmatch(text) and _exists(text) else None


def _is_weekday(name: str | None) -> bool:
    """Whether the word before a date is a day's name or nothing: `Updated` says something else."""
    return (
        name is None
        or name.casefold()[:3] in _WEEKDAYS
        or name.casefold() in {"mo", "di", "mi", "do", "fr", "sa", "so"}
    )


def _day_of(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    if parts.get("first"):
        return _day_of_two(found["year"], found["first"], found["other"])
    if parts.get("name"):
        month = _MONTHS.get(parts["name"].casefold())
        return _day(found["year"], str(month), found["day"]) if month else None
    return _day(found["year"], found["month"], found["day"])


def _day_of_two(year: str, first: str, other: str) -> str | None:
    """Day and month, or month and day: told only where one of them is beyond twelve, or both are the same."""
    if int(first) > 12 or first == other:
        return _day(year, other, first)
    return _day(year, first, other) if int(other) > 12 else None


def _day(year: str, month: str, day: str) -> str | None:
    spelled = f"{year}-{int(month):02}-{int(day):02}"
    return spelled if _exists(spelled) else None


def _with_time(day: str, found: re.Match[str]) -> str | None:
    if found["hour"] is None:
        return day
    hour = _hour(int(found["hour"]), found["half"])
    second = f":{found['second'].replace(',', '.')}" if found["second"] else ""
    spelled = f"{day}T{hour:02}:{found['minute'] or '00'}{second}{_offset(found['zone'])}"
    return spelled if _exists(spelled) else None


def _hour(hour: int, half: str | None) -> int:
    if half is None or not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _offset(zone: str | None) -> str:
    zone = (zone or "").upper().replace(" ", "")
    if zone in _ZONES:
        return _ZONES[zone]
    sign = zone.removeprefix("UTC").removeprefix("GMT")
    if not sign or sign[0] not in "+-":
        return ""
    hours, _, minutes = sign[1:].partition(":")
    if len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    return f"{sign[0]}{int(hours):02}:{minutes or '00'}"


def _exists(spelled: str) -> bool:
    try:
        date.fromisoformat((spelled[:10] + "-01-01")[:10])
        if "T" in spelled:
            datetime.fromisoformat(spelled)
    except ValueError:
        return False
    return True


def _rfc_5322(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _ctime(text: str) -> str | None:
    """`Thu Jun 20 15:00:00 UTC 2024`, as C and Java print it."""
    found = _CTIME.fullmatch(text)
    month = _MONTHS.get(found["month"].casefold()) if found else None
    if not found or not month:
        return None
    zone = (found["zone"] or "").strip()
    return _rfc_5322(f"{found['day']} {found['month']} {found['year']} {found['time']} {zone}".strip())


def _epoch(text: str) -> str | None:
    """Seconds or milliseconds since 1970."""
    found = _EPOCH.fullmatch(text)
    return datetime.fromtimestamp(int(found["seconds"]), UTC).isoformat() if found else None


_READERS: tuple[Callable[[str], str | None], ...] = (_spelled, _epoch, _ctime, _rfc_5322)
