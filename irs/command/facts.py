"""Options and situation files, read to the facts of a case.

An option and a key of a file name the same facts and are read by the same functions from the same
text, so both accept the same forms and refuse with the same sentence. A file's numbers are read as
they are written (``ruamel.yaml`` gives text for everything), so no digit of an amount is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from irs.situation import (
    CHANNELS,
    EXISTING_PLANS,
    MOST_MONEY,
    STATES,
    SUSPENSIONS,
    TAXPAYERS,
    Suspension,
)

MOST_DAYS = 36500  # a hundred years: far beyond any plan, and no date runs over
YEARS = range(1990, 2101)
MOST_BYTES = 100_000  # a situation has some fifty short lines
SHOWN = 40  # characters of a wrong value that its sentence repeats
UNKNOWN = "unknown"
_NOTHING = ("", "~", "null")  # how YAML writes no value

_MONEY = re.compile(r"(-?)\$?([0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,10})(\.[0-9]{1,2})?")
_WHOLE = re.compile(r"[0-9]{1,5}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ANSWERS = {"yes": True, "true": True, "no": False, "false": False}


class InputError(ValueError):
    """What was given cannot be read; the message is one sentence without its full stop."""


@dataclass(frozen=True)
class Kind:
    """A kind of value: ``read`` gives ``None`` for a text that is not what ``accepts`` says."""

    metavar: str
    accepts: str
    read: Callable[[str], Any]

    def value(self, text: str) -> Any:
        """The value of a text; InputError says what is accepted."""
        found = self.read(text.strip())
        if found is None:
            raise InputError(f"{shown(text)} is not {self.accepts}")
        return found


@dataclass(frozen=True)
class Fact:
    """One fact of a situation. ``also``: shorter names; ``group``: its heading in the help."""

    name: str
    kind: Kind
    help: str
    group: str
    also: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """The option that gives it."""
        return option_name((*self.also, self.name)[0])


def option_name(name: str) -> str:
    """A name as an option: ``tax_year`` is ``--tax-year``."""
    return f"--{name.replace('_', '-')}"


def shown(value: object) -> str:
    """A wrong value as its sentence repeats it: quoted, on one line, and not too long."""
    text = str(value)
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")


def one_of(names: Iterable[str]) -> str:
    """Names as a sentence lists them: "online, phone or mail"."""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def nearest(word: str, known: Iterable[str]) -> str:
    """What goes on with a sentence: the known name that was perhaps meant, or nothing."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {found[0]}?" if found else ""


def _money(least: Decimal | None, zero: bool) -> Callable[[str], Decimal | None]:
    def read(text: str) -> Decimal | None:
        match = _MONEY.fullmatch(text)
        if match is None:
            return None
        sign, whole, part = match.groups()
        amount = Decimal(f"{sign}{whole.replace(',', '')}{part or ''}")
        if abs(amount) >= MOST_MONEY or (least is not None and amount < least):
            return None
        return None if amount == 0 and not zero else amount

    return read


def _whole(known: range) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        return int(text) if _WHOLE.fullmatch(text) and int(text) in known else None

    return read


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _choice(known: tuple[str, ...]) -> Kind:
    def read(text: str) -> str | None:
        name = text.lower().replace("-", "_")
        return name if name in known else None

    words = [name.replace("_", "-") for name in known]
    return Kind("|".join(words), one_of(words), read)


def _state(text: str) -> str | None:
    return text.upper() if text.upper() in STATES else None


def _suspension(text: str) -> Suspension | None:
    kind, *rest = text.split(":")
    refused = rest[-1:] == ["refused"]
    days = [_day(part) for part in (rest[:-1] if refused else rest)]
    return _suspended(kind, days, refused) if 1 <= len(days) <= 2 and None not in days else None


def _suspended(kind: str, days: list[date | None], refused: bool) -> Suspension | None:
    began, ended = (*days, None)[:2]
    name = kind.lower().replace("-", "_")
    if name not in SUSPENSIONS or began is None or (ended is not None and ended < began):
        return None
    return Suspension(name, began, ended, refused)


_CENTS = "with at most two decimals"
POSITIVE = Kind(
    "USD", f"an amount above $0 and below $1 billion {_CENTS}, such as 12000 or $1,200.50",
    _money(Decimal(0), zero=False),
)  # fmt: skip
FROM_ZERO = Kind(
    "USD", f"an amount from $0 to below $1 billion {_CENTS}, such as 0 or $850.40",
    _money(Decimal(0), zero=True),
)  # fmt: skip
SIGNED = Kind(
    "USD", f"an amount below $1 billion {_CENTS}, such as 150 or -80", _money(None, zero=True)
)  # fmt: skip
DAYS = Kind(
    "DAYS", f"a whole number of days from 0 to {MOST_DAYS}, such as 0 or 90",
    _whole(range(MOST_DAYS + 1)),
)  # fmt: skip
YEAR = Kind(
    "YEAR", f"a year from {YEARS[0]} to {YEARS[-1]}, such as 2023", _whole(YEARS)
)  # fmt: skip
PERSONS = Kind("PERSONS", "a whole number from 1 to 30", _whole(range(1, 31)))
DAY = Kind("DATE", f"a date from {YEARS[0]} to {YEARS[-1]} written as 2026-11-24", _day)
ANSWER = Kind("yes|no", "yes, no or unknown", lambda text: _ANSWERS.get(text.lower()))
STATE = Kind("XX", "the two letters of a state, such as TX", _state)
SUSPENSION = Kind(
    "KIND:FROM[:TO][:refused]",
    f"written as KIND:FROM[:TO][:refused] with KIND {one_of(s.replace('_', '-') for s in SUSPENSIONS)} and "
    "dates in order, such as offer:2024-03-01:2024-09-30:refused",
    _suspension,
)  # fmt: skip

_BALANCE, _PACE, _ACCOUNT = "the balance", "time and pace", "the account"
_INCOME, _ROUTES, _DATES = "income and hardship", "what changes the way", "dates for deadlines"
LISTED = (
    Fact("amount_owed", POSITIVE, "tax, penalties and interest, as the notice shows", _BALANCE,
         ("amount",)),
    Fact("assessed_balance", POSITIVE, "only what is posted to the account already", _BALANCE),
    Fact("tax", FROM_ZERO, "tax in the amount", _BALANCE),
    Fact("penalty", FROM_ZERO, "penalties in the amount", _BALANCE),
    Fact("interest", FROM_ZERO, "interest in the amount", _BALANCE),
    Fact("tax_year", YEAR, "year of the return, the oldest if several", _BALANCE),
    Fact("notice_date", DAY, "date of the notice", _BALANCE),
    Fact("due_date", DAY, "due date printed on the notice", _BALANCE),
    Fact("first_bill_date", DAY, "date of the first bill, a CP14", _BALANCE),
    Fact("days_to_pay", DAYS, "days until all is paid; 0 is all by the due date", _PACE, ("days",)),
    Fact("monthly_payment", POSITIVE, "what can be paid a month", _PACE, ("monthly",)),
    Fact("pay_now", POSITIVE, "what can be paid at once", _PACE),
    Fact("direct_debit", ANSWER, "payments taken from a bank account", _PACE),
    Fact("channel", _choice(CHANNELS), "how the plan is asked for", _PACE),
    Fact("taxpayer", _choice(TAXPAYERS), "whose tax it is", _ACCOUNT),
    Fact("payroll_tax", ANSWER, "the business owes employment tax", _ACCOUNT),
    Fact("closed_sole_proprietor", ANSWER, "a sole proprietor who closed the business", _ACCOUNT),
    Fact("returns_filed", ANSWER, "all required returns are filed", _ACCOUNT),
    Fact("filed_on_time", ANSWER, "the return on the notice was filed on time", _ACCOUNT),
    Fact("current_year_paid", ANSWER, "this year's tax is paid as it falls due", _ACCOUNT),
    Fact("existing_plan", _choice(EXISTING_PLANS), "a payment plan with the IRS", _ACCOUNT),
    Fact("clean_five_years", ANSWER, "filed, paid and without a plan for five years", _ACCOUNT),
    Fact("clean_three_years", ANSWER, "on time, without penalty for three years", _ACCOUNT),
    Fact("reasonable_cause", ANSWER, "illness, disaster or the like kept from paying", _ACCOUNT),
    Fact("agi", FROM_ZERO, "adjusted gross income a year", _INCOME),
    Fact("family_size", PERSONS, "persons in the family", _INCOME),
    Fact("state", STATE, "where you live", _INCOME),
    Fact("hardship", ANSWER, "paying would stop basic living costs", _INCOME),
    Fact("monthly_left", SIGNED, "income less necessary living costs, a month", _INCOME),
    Fact("asset_equity", FROM_ZERO, "what is owned, less loans on it", _INCOME),
    Fact("bankruptcy", ANSWER, "a bankruptcy case is open", _ROUTES),
    Fact("offer_pending", ANSWER, "an offer in compromise is pending or accepted", _ROUTES),
    Fact("final_levy_notice", ANSWER, "an LT11, Letter 1058, CP90 or CP297 came", _ROUTES),
    Fact("lien_notice", ANSWER, "a lien letter (Letter 3172) came", _ROUTES),
    Fact("levy_in_place", ANSWER, "wages or a bank account are levied", _ROUTES),
    Fact("revenue_officer", ANSWER, "a revenue officer has the case", _ROUTES),
    Fact("disagrees", ANSWER, "the amount looks wrong", _ROUTES),
    Fact("already_paid", ANSWER, "the balance was paid", _ROUTES),
    Fact("identity_theft", ANSWER, "the income or the return is someone else's", _ROUTES),
    Fact("spouse_issue", ANSWER, "it is from a spouse's part of a joint return", _ROUTES),
    Fact("assessed_on", DAY, "when the tax was assessed (on the IRS record)", _DATES),
    Fact("levy_notice_date", DAY, "date of a CP504", _DATES),
    Fact("hearing_notice_date", DAY, "date of an LT11, Letter 1058, CP90 or CP297", _DATES),
    Fact("lien_notice_date", DAY, "date of a Letter 3172", _DATES),
    Fact("conference_requested", DAY, "when a manager's conference was asked for", _DATES),
    Fact("conference_held", DAY, "when it was held", _DATES),
    Fact("bank_levy_date", DAY, "when the bank froze the account", _DATES),
    Fact("suspensions", SUSPENSION, "a time in which the IRS could not collect; give it once each",
         _DATES, ("suspension",)),
)  # fmt: skip
BY_NAME = {fact.name: fact for fact in LISTED}
KEYS = {key: fact for fact in LISTED for key in (fact.name, *fact.also)}


def read_file(name: str) -> dict[str, Any]:
    """The facts a file gives, by name; InputError names the file and what is wrong with it."""
    raw = _yaml(name, _text(name))
    if not isinstance(raw, dict):
        raise InputError(
            f"{shown(name)} is not a list of facts; write one a line, such as amount_owed: 12000"
        )
    told: dict[str, Any] = {}
    for key, value in raw.items():
        fact = KEYS.get(str(key).replace("-", "_"))
        if fact is None:
            raise InputError(
                f"{shown(name)} holds the unknown fact {shown(key)}"
                + (nearest(str(key), KEYS) or "; cp503 plan --help lists all of them")
            )
        if fact.name in told:
            raise InputError(f"{shown(name)} holds {fact.name} twice; keep one of them")
        try:
            told[fact.name] = _value(fact, value)
        except InputError as error:
            raise InputError(f"{fact.name} in {shown(name)}: {error}") from None
    return told


def _text(name: str) -> str:
    path = Path(name)
    try:
        if path.is_dir():
            raise InputError(f"{shown(name)} is a folder; give a YAML file")
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise InputError(f"{shown(name)} is too long for a file of facts")
        return raw.decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{shown(name)} is not there; give the path of a YAML file") from None
    except UnicodeDecodeError:
        raise InputError(f"{shown(name)} is not UTF-8 text; give a YAML file") from None
    except OSError as error:
        reason = error.strerror or "an error of the system"
        raise InputError(f"{shown(name)} cannot be read ({reason}); give a YAML file") from None


def _yaml(name: str, text: str) -> Any:
    """What a file holds, all values as the text that is written."""
    try:
        return YAML(typ="base", pure=True).load(text)
    except (YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = "" if mark is None else f" (line {mark.line + 1})"
        raise InputError(
            f"{shown(name)} is not YAML that can be read{where}; write one fact a line, such as "
            "amount_owed: 12000"
        ) from None


def _value(fact: Fact, value: Any) -> Any:
    """A fact's value from a file."""
    if fact.kind is SUSPENSION:
        if isinstance(value, str) and value.lower() in _NOTHING:
            return ()
        return tuple(
            _from_entry(entry) for entry in (value if isinstance(value, list) else [value])
        )
    if not isinstance(value, str):
        raise InputError(f"{_kept_short(value)} is not {fact.kind.accepts}")
    return None if value.lower() in (*_NOTHING, UNKNOWN) else fact.kind.value(value)


def _from_entry(entry: Any) -> Suspension:
    """A suspension written as ``offer:2024-03-01``, or as a mapping of kind, began, ended."""
    if isinstance(entry, dict) and not set(entry) - {"kind", "began", "ended", "refused"}:
        parts = {key: value for key, value in entry.items() if value not in _NOTHING}
        refused = parts.get("refused", "no")
        answer = _ANSWERS.get(str(refused).lower())
        parts["refused"] = refused if answer is None else "refused" if answer else ""
        told = [parts.get(part, "") for part in ("kind", "began", "ended", "refused")]
        if all(isinstance(part, str) for part in told):
            entry = ":".join(part for part in told if part)
    if not isinstance(entry, str):
        raise InputError(f"{_kept_short(entry)} is not {SUSPENSION.accepts}")
    found: Suspension = SUSPENSION.value(entry)
    return found


def _kept_short(value: Any) -> str:
    """A value of a file as a sentence repeats it: what is in a list or mapping may be endless."""
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else shown(value)
