"""Past cases: what is found, by whom, page by page; reading one; coming back to one."""

import itertools
from datetime import timedelta

import pytest
from case_rows import add_case, message
from desk_stand import code_of, play
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from frontdesk.handoff import may, past
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import STATES
from frontdesk.ledger.models import Conversation


@pytest.fixture(params=["sqlite", "postgres"])
def desk(tmp_path, request):
    url = ""
    if request.param == "postgres":
        from tools.servers import fresh_database

        url = fresh_database(request.getfixturevalue("postgres"))
    return lambda story, **more: play(tmp_path, story, url, **more)


async def me(browser):
    return (await browser.get("me")).json()["user"]["id"]


async def found(browser, **query):
    answer = await browser.get("cases", **query)
    assert answer.status_code == 200, answer.text
    return [one["case"] for one in answer.json()["cases"]]


def test_words_are_found_in_all_that_was_said_noted_and_left(desk):
    async def story(stand):
        anna = await stand.person("anna")
        mine, at = await me(anna), stand.clock.now

        def write(db):
            return {
                "said": add_case(db, at, ["A lien on\nmy house", "what now?"], owner=mine),
                "noted": add_case(db, at - timedelta(hours=1), ["hello"], ["asked about a LIEN"], owner=mine),
                "contact": add_case(db, at - timedelta(hours=2), ["hello"], owner=mine, name="José Lienhard", contact="jo@example.com"),
                "percent": add_case(db, at - timedelta(hours=3), ["100% sure", r"a\b a_b"], owner=mine, outcome="engaged"),
            }  # fmt: skip

        ids = await stand.database.run(write)
        for q, names in {
            "lien": ["said", "noted", "contact"],
            "LIEN house": ["said"],
            '"on my"': [],  # there was a line break: quotes mean just so
            '"my house" what': ["said"],
            "JOSÉ": ["contact"],
            "jo@example": ["contact"],
            "%": ["percent"],
            "a_b": ["percent"],
            "x_b": [],
            r"a\b": ["percent"],
            "client": ["percent"],  # the outcome's own words
            "nowhere": [],
            "": ["said", "noted", "contact", "percent"],
            "   ": ["said", "noted", "contact", "percent"],
            '"': ["said", "noted", "contact", "percent"],
        }.items():
            assert await found(anna, q=q) == [ids[name] for name in names], q
        rows = (await anna.get("cases", q="lien")).json()["cases"]
        assert [(r["matched"], r["matched_in"]) for r in rows] == [
            ("A lien on my house", "conversation"), ("asked about a LIEN", "note"),
            ("José Lienhard", "contact"),
        ]  # fmt: skip
        assert await found(anna, outcome="engaged") == [ids["percent"]]
        assert await found(anna, state="waiting") == []

    desk(story)


def test_who_finds_what(desk):
    async def story(stand):
        anna, ben = await stand.person("anna"), await stand.person("ben")
        mia = await stand.person("mia", "manager")
        a, b, at = await me(anna), await me(ben), stand.clock.now

        def write(db):
            return {
                "annas": add_case(db, at, ["lien one"], owner=a),
                "bens": add_case(db, at, ["lien two"], owner=b, state="with_advisor"),
                "waits": add_case(db, at, ["lien three"], state="waiting"),
                "never": add_case(db, at, ["lien"], state="bot", consented_at=None),
                "back": add_case(db, at, ["lien"], state="bot", advisor_id=a),
            }  # fmt: skip

        ids = await stand.database.run(write)

        async def sees(browser, **query):
            return {
                name for name, id in ids.items() if id in await found(browser, q="lien", **query)
            }

        assert await sees(anna) == {"annas", "waits"}
        assert await sees(ben) == {"bens", "waits"}
        assert await sees(mia) == {"annas", "bens", "waits"}
        assert await sees(mia, advisor=a) == {"annas"}
        assert await sees(ben, advisor=a) == set()
        for name in ("annas", "never", "back"):
            for answer in (
                await ben.get("cases/" + ids[name]),
                await ben.post(f"cases/{ids[name]}/followed"),
            ):
                assert (answer.status_code, code_of(answer)) == (404, "no_case")
        assert (await mia.get("cases/h-none")).status_code == 404

    desk(story)


def test_a_list_goes_on_where_it_ended(desk):
    async def story(stand):
        boss = await stand.person("boss", "manager")
        at = stand.clock.now

        def write(db):  # three of each minute: the place is more than a time
            return [add_case(db, at - timedelta(minutes=n // 3), ["hi"]) for n in range(60)]

        ids = set(await stand.database.run(write))
        seen, before = [], ""
        while True:
            answer = (await boss.get("cases", before=before)).json()
            seen += [(one["asked_at"], one["case"]) for one in answer["cases"]]
            before = answer["next"]
            if before is None:
                break
        assert len(seen) == 60 and {case for _, case in seen} == ids
        assert seen == sorted(seen, reverse=True)

    desk(story)


def test_days_are_the_firms(desk):
    async def story(stand):
        boss = await stand.person("boss", "manager")

        def write(db):
            at = stand.clock.now.replace(day=24, hour=4, minute=59)  # 23:59 on the 23rd in New York
            return [add_case(db, at, ["a"]), add_case(db, at + timedelta(minutes=2), ["b"])]

        late, early = await stand.database.run(write)
        assert await found(boss, **{"from": "2026-11-23", "to": "2026-11-23"}) == [late]
        assert await found(boss, **{"from": "2026-11-24"}) == [early]
        assert await found(boss, to="2026-11-22") == []

    desk(story)


@pytest.mark.parametrize(
    "query, says",
    [
        ({"q": "x" * 201}, "200 characters"),
        ({"q": "a b c d e f g h i"}, "8 words"),
        ({"state": "bot"}, "waiting, with_advisor or closed"),
        ({"outcome": "'; DROP"}, "no such outcome"),
        ({"from": "24.12.2026"}, "2026-12-24"),
        ({"to": "2026-02-30"}, "2026-12-24"),
        ({"to": "9999-12-31"}, "2026-12-24"),
        ({"from": "2026-02-03", "to": "2026-02-02"}, "after the last"),
        ({"before": "yesterday"}, "search again"),
        ({"color": "red"}, "color"),
    ],
)
def test_what_cannot_be_searched_for(tmp_path, query, says):
    async def story(stand):
        anna = await stand.person()
        answer = await anna.get("cases", **query)
        assert answer.status_code == 400 and says in answer.json()["error"]["message"]

    play(tmp_path, story)


def test_reading_a_past_case_ends_where_it_was_closed(desk):
    async def story(stand):
        anna = await stand.person("anna")
        mine, at = await me(anna), stand.clock.now

        def write(db):
            case = add_case(
                db, at, ["one", "two", "kept for the bot"], ["a note"], owner=mine, closed_seq=2
            )
            conversation = db.get(Case, case).conversation_id
            db.get(Conversation, conversation).last_seq = 4
            later = {"plan": "long_term", "facts": {"amount_owed": "9.00"}, "as_of": "2026-11-24"}
            db.add(message(conversation, 4, "A plan.", at, "assistant", later))
            return case

        case = await stand.database.run(write)
        assert await found(anna, q="kept") == []
        read = (await anna.get("cases/" + case)).json()
        assert [m["text"] for m in read["messages"]] == ["one", "two"] and read["facts"] == []
        assert [n["text"] for n in read["notes"]] == ["a note"]
        assert read["moves"] == []  # who read it is for the audit log
        boss = await stand.person("boss", "manager")
        entries = (await boss.get("audit", about=case)).json()["entries"]
        assert [(e["what"], e["user"]) for e in entries] == [("case.read", mine)]

    desk(story)


def test_coming_back_to_a_case(desk):
    async def story(stand):
        anna, ben = await stand.person("anna"), await stand.person("ben")
        boss = await stand.person("boss", "manager")
        mine, at = await me(anna), stand.clock.now

        def write(db):
            return [
                add_case(db, at, ["x"], owner=mine, follow_up=day, contact="555-0100")
                for day in ("2026-12-02", "2026-12-01", "2026-11-20", None)
            ]

        far, week, late, never = await stand.database.run(write)
        due = (await anna.get("follow-ups")).json()
        assert due["today"] == "2026-11-24"
        assert [c["case"] for c in due["cases"]] == [late, week]
        assert due["cases"][0]["contact"] == "555-0100"
        assert (await ben.get("follow-ups")).json()["cases"] == []
        assert len((await boss.get("follow-ups")).json()["cases"]) == 2
        first = (await anna.post(f"cases/{late}/followed")).json()["followed"]
        stand.clock.turn(minutes=5)
        again = (await boss.post(f"cases/{late}/followed")).json()["followed"]
        assert first == again and first["by"] == "anna"
        assert [c["case"] for c in (await anna.get("follow-ups")).json()["cases"]] == [week]
        assert code_of(await anna.post(f"cases/{never}/followed")) == "no_follow_up"
        entries = (await boss.get("audit", about=late)).json()["entries"]
        assert [e["what"] for e in entries] == ["case.followed"]
        assert far not in str(due)

    desk(story)


def test_the_query_and_the_rule_agree_on_who_sees_what(tmp_path):
    async def story(stand):
        at = stand.clock.now

        def write(db):
            for state, owner, agreed in itertools.product(STATES, ("u-a", "u-b", None), (at, None)):
                add_case(db, at, ["x"], state=state, advisor_id=owner, consented_at=agreed)

        await stand.database.run(write)

        class Somebody:
            display_name = "A"

            def __init__(self, user, role):
                self.user, self.role = user, role

        def compare(db):
            for user, role in itertools.product(("u-a", "u-b"), ("advisor", "manager", "visitor")):
                who = Somebody(user, role)
                told = set(db.scalars(select(Case.id).where(may.seen_by(who))))
                assert told == {c.id for c in db.scalars(select(Case)) if may.see(who, c)}

        await stand.database.run(compare)

    play(tmp_path, story)


@given(st.text(max_size=300), st.text(min_size=1, max_size=40))
def test_a_snippet_is_one_short_line(text, word):
    told = past.snippet(text + word + text, word)
    assert "\n" not in told and len(told) <= 2 * past.AROUND + len(word) + 2
