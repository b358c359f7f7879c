"""What people state in words, not numbers: filed or not, all at once or not, business, bankruptcy.

The usual answers are token patterns of spaCy's span ruler. The pipeline has no statistical part: a
blank English tokenizer and this ruler, saved to disk inside the trained model. What is rarer and
graver (a levy, a lien, a bankruptcy, hardship) is read by regular expressions that want a person to
say it of themselves, as a fact: see ``told``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Dict, Iterator, List, Optional, Tuple

import spacy
from spacy.language import Language
from spacy.pipeline import SpanRuler
from spacy.tokens import Doc, Span
from spacy.util import compile_prefix_regex, compile_suffix_regex

from assistant.nlu import fact_patterns as patterns
from assistant.nlu.fact_patterns import (
    ASKED,
    CIRCUMSTANCES,
    INVERTED,
    LONG_AGO,
    SUPPOSED,
    TOLD_NOW,
    Circumstance,
)
from assistant.nlu.numbers import value

SPANS = "ruler"


def _any(*words: str) -> Dict[str, Any]:
    return {"LOWER": {"IN": list(words)}}


def _maybe(*words: str) -> Dict[str, Any]:
    return {"LOWER": {"IN": list(words)}, "OP": "?"}


_ALL = ("all", "everything", "them", "every", "each", "both", "evrything")
_FILED = ("filed", "submitted", "filled")
_RETURN = ("return", "returns", "taxes", "tax", "year", "years", "ones", "one")
_NOT = ("not", "n't", "nt", "never", "havent", "didnt", "didn't", "haven't", "hasn't", "hasnt")
_YEAR = {"TEXT": {"REGEX": r"^(?:19|20)\d\d$"}}
_I = ("i", "we", "i've", "ive", "'ve", "i'm", "im", "my", "he", "she")


def _patterns() -> List[Dict[str, Any]]:
    def p(label: str, *tokens: Dict[str, Any]) -> Dict[str, Any]:
        return {"label": label, "pattern": list(tokens)}

    return [
        # all returns filed
        p("returns_filed=true", _any("all", "everything", "both"), _maybe("of"), _maybe("them", "my"),
          _maybe("returns", "taxes"), _maybe("are", "is", "been", "have", "were"), _maybe("been"), _any(*_FILED)),
        p("returns_filed=true", _any(*_FILED), _maybe("for"), _any(*_ALL)),
        p("returns_filed=true", _any(*_FILED), _any("my", "our"), _any("returns", "taxes"),
          _any("on"), _any("time")),
        p("returns_filed=true", _any("all", "every", "my"), _maybe("my", "the", "required", "tax"), _any("returns", "return"),
          _any("are", "is", "were"), _maybe("all", "already"), _any("in", "filed", "done", "current", "submitted")),
        p("returns_filed=true", _any("returns", "filings", "filing", "return"), _maybe("are", "is"), _maybe("all"),
          _any("current", "done", "in", "filed", "complete")),
        p("returns_filed=true", _any("up"), _any("to"), _any("date"), _any("with", "on"), _maybe("my", "all", "the"),
          _maybe("tax"), _any("returns", "filing", "filings", "taxes")),
        p("returns_filed=true", _any("current"), _any("on", "with"), _maybe("my", "all"), _any("returns", "filing", "filings")),
        p("returns_filed=true", _any("filed"), _any("every"), _any("year", "return", "one")),
        p("returns_filed=true", _any("yes", "yep", "yeah", "yup", "sure"), {"IS_PUNCT": True, "OP": "?"}, _maybe("i", "we", "all"),
          _maybe("have"), _any("filed", "file")),
        p("returns_filed=true", _any("nothing", "none"), _maybe("is", "are"), _any("missing", "unfiled")),
        # a return missing
        p("returns_filed=false", _any("not", "never", "n't", "havent", "didnt", "haven't", "didn't", "nt"), _maybe("yet", "all"),
          _any("filed", "file", "filing"), _maybe("for"), _maybe("my", "the", "a", "any", "one", "last"), _maybe("tax"), {"TEXT": {"REGEX": r"^(?:19|20)\d\d$"}, "OP": "?"}),
        p("returns_filed=false", _YEAR, _maybe("return", "returns"), _any("is", "was", "are", "isn't"), _maybe("still"),
          _any("missing", "unfiled", "outstanding", "late", "open")),
        p("returns_filed=false", _YEAR, _maybe("return", "returns"), _any("is", "was", "are"), _maybe("still"), _any("n't", "not"), _any("filed")),
        p("returns_filed=true", _any("no", "zero", "without"), _maybe("any", "more"), _any("unfiled", "missing"), _any("returns", "return", "years", "taxes")),
        p("returns_filed=false", _any("missing", "unfiled", "skipped"), _maybe("my", "a", "the", "one", "two", "some"), _maybe("tax"), _YEAR),
        p("returns_filed=false", _any("missing", "unfiled"), _maybe("my", "a", "one", "two", "some", "few"), _maybe("tax", "old"), _any("return", "returns", "years", "year")),
        p("returns_filed=false", _any("return", "returns", "one", "year"), _any("is", "are"), _maybe("still"), _any("missing", "unfiled")),
        p("returns_filed=false", _any("still"), _any("need", "have"), _any("to"), _any("file")),
        p("returns_filed=false", _any("still"), _any("owe"), _any("them"), _any("a", "my"), _any("return", "returns")),
        p("returns_filed=false", _any("behind"), _any("on", "with"), _maybe("my", "the", "filing"), _maybe("tax"), _any("returns", "filing", "filings", "taxes")),
        p("returns_filed=false", _any("n't", "not", "nt", "never"), _any("done", "did", "do", "submitted"), _maybe("my", "the"), _maybe("tax"), _YEAR),
        p("returns_filed=false", _any("unfiled"), _any("returns", "return", "taxes", "years")),
        p("returns_filed=false", _any("all", "everything"), _any("but", "except"), _maybe("for"), _maybe("one", "the"), {"TEXT": {"REGEX": r"^(?:(?:19|20)\d\d|one|last)$"}}),
        # all at once
        p("pay_in_full=true", _any("can", "could", "will", "able", "'ll", "gonna", "going", "i'll"), _maybe("to", "probably", "just"), _any("pay", "cover", "clear"),
          _maybe("it", "this", "that", "the", "everything"), _maybe("whole", "full", "entire"), _maybe("all", "amount", "thing", "bill", "balance"), _maybe("of"), _maybe("it"), _maybe("off"), _any("by", "before"),
          _any("the", "then", "that", "my"), _maybe("due"), _maybe("date", "deadline")),
        p("pay_in_full=true", _any("can", "could", "will", "'ll", "i'll", "gonna"), _maybe("just"), _any("pay"), _maybe("it", "this", "everything", "the", "that"), _maybe("whole", "full"), _maybe("all", "amount", "thing"),
          _maybe("off"), _any("in"), _any("full")),
        p("pay_in_full=true", _any("can", "could", "will", "'ll", "i'll", "gonna"), _maybe("just"), _any("pay"), _maybe("it", "this", "everything", "all"), _maybe("all", "off", "of"), _maybe("it"), _maybe("right"),
          _any("now", "today", "tomorrow", "immediately", "away", "once")),
        p("pay_in_full=true", _any("pay", "paying"), _maybe("it", "this"), _any("all", "everything"), _maybe("of"), _maybe("it"), _any("by", "before"), _any("the", "then"), _maybe("due"), _maybe("date")),
        p("pay_in_full=true", _any("have"), _any("the"), _any("money", "cash", "funds"), _maybe("now", "ready")),
        p("pay_in_full=true", _any("all", "everything"), _any("by"), _any("the"), _any("due"), _any("date")),
        p("pay_in_full=false", _any("n't", "not", "nt", "cannot", "unable", "never"), _maybe("to", "able"), _maybe("to"), _any("pay", "afford", "cover", "clear"),
          _maybe("it", "this", "that", "the", "everything"), _maybe("whole", "full", "entire"), _maybe("all", "amount", "thing"), _maybe("off"), _any("in", "at", "by", "now", "all", "right"), _maybe("full", "once", "then", "the", "of", "now"), _maybe("it", "due")),
        p("pay_in_full=false", _any("not"), _any("all"), _any("at", "by", "of"), _any("once", "then", "it")),
        # how, and who
        p("direct_debit=true", _any("direct", "auto", "automatic"), _any("debit", "debits", "withdrawal", "payments", "payment", "pay", "draft")),
        p("direct_debit=true", _any("autopay", "autodebit")),
        p("direct_debit=false", _any("no", "not", "without", "n't"), _maybe("want", "do", "by", "any", "a", "use", "using"), _any("direct", "auto", "automatic"), _any("debit", "withdrawal", "payments")),
        p("taxpayer=business", _any("my", "our", "the", "a"), _maybe("small", "own", "family"), _any("business", "company", "llc", "corporation", "corp", "partnership", "shop", "restaurant", "firm")),
        p("taxpayer=business", _any("business", "company", "llc", "corporation", "corporate"), _any("account", "taxes", "tax", "return", "notice")),
        p("taxpayer=individual", _any("not", "n't", "isnt", "no"), _maybe("have", "own", "for", "about"), _maybe("a", "any", "my", "the"), _maybe("small"), _any("business", "company", "llc", "corporation", "partnership"), _maybe("account", "tax", "taxes", "return", "notice")),
        p("taxpayer=individual", _any("just"), _any("me", "myself", "personal")),
        p("taxpayer=individual", _any("personal"), _any("taxes", "tax", "account", "return", "income")),
        p("taxpayer=individual", _any("self"), {"ORTH": "-", "OP": "?"}, _any("employed")),
        p("taxpayer=individual", _any("sole"), _any("proprietor", "prop", "proprietorship")),
        p("taxpayer=individual", _any("freelancer", "freelance")),
        p("payroll_tax=true", _any("payroll", "employment"), _any("tax", "taxes", "deposits")),
        p("payroll_tax=true", _maybe("form"), {"LOWER": {"REGEX": r"^941s?$"}}),
        p("payroll_tax=true", _any("have", "got", "with", "pay"), {"LIKE_NUM": True, "OP": "?"}, _maybe("some", "a", "few", "my"), _any("employees", "workers", "staff")),
        p("payroll_tax=false", _any("no", "without", "n't", "not"), _maybe("have", "any", "got"), _any("payroll", "employees", "workers", "staff"), _maybe("tax", "taxes")),
    ]  # fmt: skip


def pipeline() -> Language:
    """A fresh pipeline; :meth:`Language.to_disk` saves it, :func:`spacy.load` brings it back."""
    nlp = spacy.blank("en")
    # A long run of signs is one token: cut off one by one, 2,000 of them take two seconds.
    run = r"[^\w\s]{8,}"
    nlp.tokenizer.prefix_search = compile_prefix_regex([run, *nlp.Defaults.prefixes]).search  # type: ignore[attr-defined]
    nlp.tokenizer.suffix_search = compile_suffix_regex([run, *nlp.Defaults.suffixes]).search  # type: ignore[attr-defined]
    ruler = nlp.add_pipe("word_ruler")
    ruler.add_patterns(_patterns())  # type: ignore[attr-defined]
    return nlp


class WordRuler(SpanRuler):
    """The span ruler, spared runs of digits and signs: a message may be 2,000 digits."""

    def match(self, doc: Doc) -> List[Any]:
        """The spans of each stretch of words, cut where four or more tokens in a row are none."""
        found, start, wordless = [], 0, 0
        for token in doc:
            wordless = 0 if token.text.isalpha() or "'" in token.text else wordless + 1
            if wordless == 4:
                found.extend(self._stretch(doc, start, token.i + 1))
            if wordless >= 4:
                start = token.i + 1
        found.extend(self._stretch(doc, start, len(doc)))
        return sorted(set(found))

    def _stretch(self, doc: Doc, start: int, end: int) -> Iterator[Any]:
        if end > start:
            for match, first, last in self.matcher(doc[start:end]):
                if last > first:
                    label = self._match_label_id_map[match]["label"]
                    yield Span(doc, start + first, start + last, label=label)


@Language.factory("word_ruler", default_score_weights={})
def _word_ruler(nlp, name):  # type: ignore[no-untyped-def]  # spaCy reads annotations, not their text
    return WordRuler(nlp, name, spans_key=SPANS, validate=False)


def is_asked(text: str, start: int, end: int) -> bool:
    """Whether a statement stands inside a question ("do I have to file …?", "can I pay it all?")."""
    clause = re.split(r"[.?!;\n]", text[:start])[-1]
    first = text[start:end].split()[0]
    return bool(ASKED.search(f"{clause} {first}") or ASKED.search(clause))


_CLAUSE = re.compile(r",(?!\s*(?:and|or)\b)|\bbut\b|\bbecause\b|\bcause\b|\bhowever\b|\s[-–—]+\s")
_AND = re.compile(r"\b(?:and|so|then|plus)\s+(?=(?:i|we|they|my|our|the|irs|there|it|a)\b)")
_SUBJECT = re.compile(r"(?:i|we|they|my|our)\b")
# "will | they put a lien": asked, however much is asked before it.
_ASKS_IT = re.compile(
    r"\b(?:will|would|can|could|do|does|did|are|is|was|were|have|has|had|should|shall|may|might|must)\s*$"
)
_ASIDE = re.compile(
    r"\b(?:what (?:do|should|can|else should) i do(?: now| then| next| about it)?|what now|how (?:do|can) i (?:get|find) help|"
    r"can (?:you|someone) help(?: me)?(?: with this)?|(?:can|should) you know that|do you know that)\b"
)
_OTHERS = re.compile(
    r"\b(?:my|a|an|his|her|their|our)\s+(?:\w+\s+)?(?:brother|sister|friend|neighbou?r|mother|father|mom|dad|son|daughter|cousin|uncle|"
    r"aunt|co-?worker|boss|clients?|ex|ex-\w+|parents|grand\w+|roommate|landlord|boyfriend|girlfriend|customer|buddy|pal)(?:'s)?\b(?!'s)"
    r"|\b(?:someone|somebody|people|everyone|anyone|others|most folks|he|she|you)\b[^,]*$"
)
_FOR_OTHERS = re.compile(
    r"\b(?:asking|this is|writing|it'?s|here|question) (?:for|about) (?:my|a) (?:\w+ )?(?:brother|sister|friend|neighbou?r|mother|father|mom|dad|son|daughter|cousin|uncle|aunt|client|coworker|parents|boss)\b|\bon behalf of\b"
)


def told(text: str, start: int, end: int) -> bool:
    """Whether lower-case ``text[start:end]`` is told as a fact of the person's own case.

    Not so in a question ("is there a lien on me?"), a supposition ("what if I had an LT11"), or
    when it is said of someone else ("my brother is in chapter 13").
    """
    if _FOR_OTHERS.search(text):
        return False
    before = re.split(r"[.?!;\n]", text[max(0, start - 200) : start])[-1]
    before = _ASIDE.sub("", _CLAUSE.split(before)[-1])
    first = (text[start:end].split() or [""])[0]
    if _OTHERS.search(before) or SUPPOSED.search(before):
        return False
    asked = INVERTED.search(_AND.split(f"{before.rstrip()} {first}")[-1])
    told_beside = _SUBJECT.match(first) and not _ASKS_IT.search(before)
    if asked and not (told_beside and len(asked.group("rest").split()) > 4):
        return False  # but "can I still get a plan I'm in chapter 13" is a question and a fact
    after = re.match(r"[^.?!;\n,]*\?", text[end : end + 120])
    return not after or TOLD_NOW.search(after.group(0)) is not None


def find_circumstances(text: str, today: date) -> Iterator[Tuple[str, str, int, int]]:
    """(kind, value, start, end) of each circumstance that lower-case ``text`` tells of the person."""
    for c in CIRCUMSTANCES:
        if not c.hint.search(text):
            continue
        for match in c.says.finditer(text):
            start, end = _trimmed(text, *match.span())
            if not told(text, start, end) or _ruled_out(c, text, start, end, today):
                continue
            if c.lapses and _long_ago(text, start, end, today):
                yield c.lapses, c.kind, start, end
            else:
                yield c.kind, c.value, start, end
            break


def _long_ago(text: str, start: int, end: int, today: date) -> bool:
    """Whether the sentence around ``text[start:end]`` says that it was longer ago than a right lasts.

    A year's end and the 30 days of a hearing request after it must be over.
    """
    lead = re.split(r"[.?!;\n]", text[:start])[-1]
    rest = re.split(r"[.?!;\n]", text[end:])[0]
    said = LONG_AGO.search(f"{lead}{text[start:end]}{rest}")
    if said is None:
        return False
    over = (today - timedelta(days=31)).year
    if said.group("ago"):
        return "last" not in said.group("ago") or over == today.year
    return int(said.group("year") or said.group("dated")) < over


def _trimmed(text: str, start: int, end: int) -> Tuple[int, int]:
    said = re.sub(
        r"^[\s,.;!?\n]+(?:(?:and|but|so|because|also|plus|well|ok|hi|yes|no)\b[\s,]*)*",
        "",
        text[start:end],
    )
    return end - len(said) if said else start, end  # fmt: skip


def _ruled_out(c: Circumstance, text: str, start: int, end: int, today: date) -> bool:
    whole = c.kind == "closed_sole_proprietor"
    lead = re.split(r"[.?!;\n]", text[:start])[-1]
    rest = re.split(r"[.?!;\n]", text[end:])[0]
    sentence = text if whole else lead + text[start:end] + rest
    if c.unless and c.unless.search(sentence):
        return True
    years = re.findall(r"\b(?:19|20)\d\d\b", text[start:end] + rest)
    return c.old and any(int(y) <= today.year - 2 for y in years)


def find_family(text: str) -> Iterator[Tuple[int, int, int]]:
    """(size, start, end) of the household a text names: "family of 4", "married with 3 kids"."""
    taken = 0
    for match in sorted(
        (
            m
            for p in (patterns.HOUSEHOLD, patterns.US, patterns.ALONE, patterns.KIN)
            for m in p.finditer(text)
        ),
        key=lambda m: (m.start(), -m.end()),
    ):
        size = _size(text, match)
        ok = size is not None and 1 <= size <= 30 and match.start() >= taken
        if ok and told(text, match.start(), match.end()):
            yield int(size or 0), match.start(), match.end()
            taken = match.end()


def _size(text: str, m: "re.Match[str]") -> Optional[Decimal]:
    if m.re is patterns.ALONE:
        return Decimal(2 if "two" in m.group(0) else 1)
    if m.re is not patterns.KIN:
        return value(m.group("n") or m.groupdict().get("n2") or "")
    adults = Decimal(1 if m.group("one") else 2)
    if m.group("joined"):
        kids = Decimal(1) if m.group("n") == "a" else value(m.group("n"))
        return None if kids is None else adults + kids
    if m.group("onekid"):
        return adults + 1
    if m.group("nokids"):
        return adults
    # "Just me" and "me and my wife" are a household only where nothing more is said of them.
    said, rest = m.group(0), text[m.end() :]
    alone = not re.search(r"[a-z0-9]", rest) and len(text[: m.start()].split()) < 4
    only = re.match(r"(?:just|only|household is|it'?s)\b", said) and patterns.CLOSED.match(rest)
    if not re.search(r"\bm(?:e|yself)\b|\band i\b", said) or re.match(r"i have|a\s", said):
        return None
    return adults if only or (alone and said != "me") else None


def amount_role(text: str, before: str, after: str, start: int, end: int) -> Optional[str]:
    """What an amount is, by the words beside it; None when they do not say."""
    if patterns.PAID_BEFORE.search(before) or patterns.PAID_AFTER.match(after):
        return "paid"
    now = patterns.NOW_BEFORE.search(before) or (
        patterns.NOW_AFTER.match(after) and not patterns.OWED_CLOSE.search(before)
    )
    if now:
        clause = re.split(r"[.?!;\n,]|\bbut\b|\band\b", before)[-1]
        if patterns.UNABLE.search(clause):
            return "other"
        return "now" if told(text, start, end) else "payment"
    if patterns.OWED_BY_OTHERS.search(before) or (
        patterns.OTHERS_BILL.search(before) and not re.search(r"\birs\b|\btax", before)
    ):
        return "other"
    if patterns.OWED_BEFORE.search(before) or patterns.OWED_AFTER.match(after):
        return "owed"
    if patterns.PAY_BEFORE.search(before):
        return "payment"
    return "other" if patterns.OTHER_BEFORE.search(before) else None


def amount_bound(before: str, after: str) -> Optional[str]:
    """Whether an amount is the least or the most: "over 50k", "50k or less"."""
    if patterns.OVER.search(before) or patterns.OVER_AFTER.match(after):
        return "over"
    return "under" if patterns.UNDER.search(before) or patterns.UNDER_AFTER.match(after) else None


def short_answers(text: str) -> Iterator[Tuple[str, int, int]]:
    """Yes, no, not sure, rather not: only where the message reads as an answer."""
    unsure, refusal = patterns.UNSURE.search(text), patterns.REFUSAL.search(text)
    if unsure and "?" not in text and len(text.split()) <= 12:
        yield "unsure", unsure.start(), unsure.end()
    if refusal and len(text.split()) <= 14:
        yield "refusal", refusal.start(), refusal.end()
    if unsure or refusal:
        return
    for kind, pattern in (("no", patterns.NO), ("yes", patterns.YES)):
        match = pattern.search(text)
        if match:
            yield kind, match.start(), match.end()
            return
