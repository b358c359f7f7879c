"""What people state in words, not numbers: filed or not, all at once or not, business, yes, no.

Token patterns of spaCy's span ruler. The pipeline has no statistical part: a blank English
tokenizer and this ruler, saved to disk inside the trained model.
"""

from __future__ import annotations

from typing import Any, Dict, List

import spacy
from spacy.language import Language

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
        p("returns_filed=false", _YEAR, _maybe("return", "returns"), _any("is", "was", "are", "isn't"), _maybe("still", "n't", "not"),
          _any("missing", "unfiled", "outstanding", "late", "filed", "open")),
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
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": SPANS, "validate": False})
    ruler.add_patterns(_patterns())  # type: ignore[attr-defined]
    return nlp
