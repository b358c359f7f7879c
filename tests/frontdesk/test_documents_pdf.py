"""The printed plan: two or three pages for every case, whole, readable, and the same each time."""

import io
import random
import string
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from document_cases import DAY, HEADLINES, case, examples
from hypothesis import given
from pypdf import PdfReader

from frontdesk.documents import phone
from frontdesk.documents.chart import chart
from frontdesk.documents.fonts import printable, register
from frontdesk.documents.paper import NO_FIRM, TITLE
from frontdesk.documents.pdf import pdf
from frontdesk.documents.plan import of
from frontdesk.documents.telling import LABELS, told
from irs.assess import assess
from irs.headline import PLANS
from irs.showing import DISCLAIMER, about, shown_ways
from irs.situation import FACTS, Situation
from irs.told import to_json
from tests.irs.situations import BOOLEANS, as_ofs, situations

FIRM = {"name": "Müller & Søn Tax", "phone": "555-0142", "email": "a@b.example", "hours": "9 to 5"}
HEADS = ("Your situation", "Your options side by side", "What to do next", "Papers to gather",
         "What to say on the phone", "Where this comes from")  # fmt: skip


def read(written):
    """The reader, and the text of each page on one line."""
    reader = PdfReader(io.BytesIO(written))
    return reader, [" ".join(page.extract_text().split()) for page in reader.pages]


def whole(situation, as_of, firm=FIRM):
    written = pdf(to_json(situation), as_of, firm)
    reader, pages = read(written)
    assert 2 <= len(pages) <= 3
    for number, text in enumerate(pages, 1):
        assert DISCLAIMER in text and f"Page {number} of {len(pages)}" in text
    text = " ".join(pages)
    found = assess(situation, as_of)
    for head in (TITLE, *HEADS, found.title, *(step.what for step in found.steps), *found.papers):
        assert head in text, head
    for way in shown_ways(found):
        assert way.name in text and f"about {about(way.total)}" in text
    assert "None" not in text.replace("already None", "") and "{" not in text
    return reader, text


@pytest.mark.parametrize("plan", HEADLINES, ids=str)
def test_every_headline_is_printed(plan):
    reader, _ = whole(case(plan), DAY)
    links = [note.get_object()["/A"]["/URI"] for page in reader.pages
             for note in page.get("/Annots") or () if "/A" in note.get_object()]  # fmt: skip
    urls = [source.url for source in assess(case(plan), DAY).references if source.url]
    assert links and set(links) <= set(urls)


@examples(40)
@given(situations(), as_ofs)
def test_any_case_fits_on_two_or_three_pages(situation, as_of):
    whole(situation, as_of)


def everything():
    """Each fact that can be told beside the others, told: the longest table there can be."""
    facts = dict.fromkeys(BOOLEANS, False)
    dates = {n: date(2026, 10, 1) for n in FACTS if n.endswith("_date") or n.endswith("_requested")}
    dates |= {"conference_held": date(2026, 11, 20), "assessed_on": date(2024, 6, 3)}
    rare = {"hearing_notice_date": None, "lien_notice_date": None, "bank_levy_date": None}
    money = {"amount_owed": Decimal("98765432.10"), "assessed_balance": Decimal("98765432.10"),
             "tax": Decimal("98765432.10"), "penalty": Decimal(0), "interest": Decimal(0),
             "pay_now": Decimal("1234567.89"), "agi": Decimal("40000.5"),
             "monthly_payment": Decimal("2345678.90"), "monthly_left": Decimal(-80),
             "asset_equity": Decimal(4000)}  # fmt: skip
    other = {"tax_year": 2023, "taxpayer": "individual", "channel": "in_person", "family_size": 3,
             "state": "TX", "existing_plan": "none", "returns_filed": True, "disagrees": True,
             "identity_theft": True, "already_paid": True}  # fmt: skip
    return Situation(**facts | dates | rare | money | other)


def test_the_longest_case_still_fits():
    situation = everything()
    _, text = whole(situation, DAY, {**FIRM, "name": "The Very Long Name Of A Firm " * 9})
    for label, value in told(situation):
        assert label in text and value in text


def test_every_fact_has_a_label_and_is_shown_unless_taken_as_usual():
    assert set(LABELS) == set(FACTS)
    shown = dict(told(case("long_term")))
    assert shown["Time needed to pay all of it"] == "540 days (18 months)"
    assert shown["Can pay now"] == "$500" and "Bankruptcy case open" not in shown
    assert dict(told(Situation(monthly_left=Decimal(-80), days_to_pay=0))) == {
        "Time needed to pay all of it": "All by the due date",
        "Left each month after living costs": "-$80",
    }
    _, text = whole(Situation(), DAY)
    assert "Nothing about the case was told." in text


@pytest.mark.parametrize(
    "name, seen",
    [("Müller & Søn Tax", "Müller & Søn Tax"), ("Łódź Žižek Ğ", "Łódź Žižek Ğ"),
     ("税理士 <b>Tax</b>", "??? <b>Tax</b>"), ("", NO_FIRM), ("\uff34ax \x07first\n", "Tax first"),
     ("🦀 & مرحبا", "?"), ("e\u0301clair", "éclair")],
)  # fmt: skip
def test_any_name_of_a_firm_is_printed(name, seen):
    reader, text = whole(case("short_term"), DAY, {"name": name})
    assert seen in text
    assert reader.metadata.title == TITLE and reader.metadata.author == (printable(name) or NO_FIRM)


def test_random_names_do_no_harm():
    chance = random.Random(3)
    for _ in range(10):
        name = "".join(chr(chance.choice((chance.randrange(32, 0x2FFF), chance.randrange(32, 127))))
                       for _ in range(chance.randrange(90)))  # fmt: skip
        name = name.replace("{", "")
        whole(case("pay_in_full"), DAY, dict.fromkeys(("name", "phone", "email", "hours"), name))
    assert {ord(c) for c in string.printable[:95]} <= register()


def test_the_file_says_what_it_is_and_is_the_same_each_time():
    written = pdf(to_json(case("long_term")), DAY, FIRM)
    reader, _ = read(written)
    assert reader.trailer["/Root"]["/Lang"] == "en-US"
    assert reader.metadata.creation_date.date() == DAY
    assert [float(n) for n in reader.pages[0].mediabox] == [0, 0, 612, 792]
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    embedded = [f.get_object() for f in fonts if "SourceSans" in f.get_object()["/BaseFont"]]
    assert embedded and all("/FontFile2" in f["/FontDescriptor"] for f in embedded)
    with ThreadPoolExecutor(4) as pool:
        again = list(
            pool.map(lambda _: pdf(to_json(case("long_term")), "2026-11-28", FIRM), "1234")
        )
    assert set(again) == {written}


@pytest.mark.parametrize("plan", [*PLANS, None], ids=str)
def test_what_to_say_on_the_phone(plan):
    script = phone.script(of(case(plan), DAY))
    assert "CP503" in script.say[0] and script.call and len(script.say) >= 2 and script.ask
    said = " ".join((*script.say, *script.ask))
    assert not any(word in said for word in ("Social Security", "SSN", "None", "{"))


def test_the_script_takes_what_is_known():
    facts = {**HEADLINES["short_term"], "notice_date": date(2026, 11, 16), "tax_year": 2023,
             "due_date": date(2026, 12, 7)}  # fmt: skip
    script = phone.script(of(Situation(**facts).with_usual_answers(), DAY))
    assert script.say[0] == (
        "Hello. I am calling about a notice CP503 dated November 16, 2026, for tax year 2023. It "
        "asks for $12,000 by December 7, 2026."
    )
    assert script.say[2].startswith("I could pay about $") and script.say[2].endswith("90 days.")
    at_once = {**facts, "days_to_pay": 20}
    script = phone.script(of(Situation(**at_once).with_usual_answers(), DAY))
    assert script.say[2].endswith("after 20 days.")


def test_the_chart_stays_in_its_frame():
    for plan in HEADLINES:
        drawing = chart(of(case(plan), DAY), 500, 150)
        if drawing is None:
            assert not of(case(plan), DAY).ways
            continue
        left, bottom, right, top = drawing.getBounds()
        assert left >= 0 and bottom >= 0 and right <= 500 and top <= 150, (
            plan,
            drawing.getBounds(),
        )
