"""Canned replies: what comes with the desk, who may write them, what no reply may hold."""

import pytest
from desk_stand import code_of, play

from frontdesk.desk.replies import _BRACES, PLACEHOLDERS


@pytest.fixture(params=["sqlite", "postgres"])
def desk(tmp_path, request):
    url = ""
    if request.param == "postgres":
        from tools.servers import fresh_database

        url = fresh_database(request.getfixturevalue("postgres"))
    return lambda story, **more: play(tmp_path, story, url, **more)


def test_some_come_with_the_desk_and_keep_to_its_rules(desk):
    async def story(stand):
        anna = await stand.person()
        told = (await anna.get("replies")).json()
        assert len(told["replies"]) == 8 and told["placeholders"] == list(PLACEHOLDERS)
        assert told["firm"] == {"name": "Harbor Tax", "phone": "555-0100"}
        for reply in told["replies"]:
            assert set(_BRACES.findall(reply["text"])) <= set(PLACEHOLDERS)
            assert not any(c.isdigit() for c in reply["text"])
            assert "worry" not in reply["text"] and len(reply["text"]) < 300

    desk(story, firm_name="Harbor Tax", firm_phone="555-0100")


def test_managers_write_change_and_remove_them(desk):
    async def story(stand):
        boss = await stand.person("boss", "manager")
        answer = await boss.post("replies", title=" Hours\n now ", text="Call {phone}, {visitor}.")
        assert answer.status_code == 201
        made = answer.json()["reply"]
        assert (made["title"], made["by"]) == ("Hours now", "boss")
        path = f"replies/{made['id']}"
        changed = await boss.post(path, "PUT", title="Hours", text="Call {phone}.")
        assert changed.json()["reply"]["text"] == "Call {phone}."
        assert changed.json()["reply"] in (await boss.get("replies")).json()["replies"]
        assert (await boss.post(path + "/remove")).json() == {"done": True}
        for answer in (
            await boss.post(path + "/remove"),
            await boss.post(path, "PUT", title="a", text="b"),
        ):
            assert (answer.status_code, code_of(answer)) == (404, "no_reply")
        about = (await boss.get("audit", about=made["id"])).json()["entries"]
        assert [e["what"] for e in about] == ["reply.removed", "reply.changed", "reply.created"]

    desk(story)


@pytest.mark.parametrize(
    "title, text, says",
    [
        ("", "hello", "title"),
        ("t" * 81, "hello", "title"),
        ("t", " \n ", "empty"),
        ("t", "x" * 2001, "2,000"),
        ("t", "You owe {amout}.", "no {amout}. There are {visitor}"),
        ("t", "You owe {amount.", "stands alone"),
        ("t", "You owe amount}.", "stands alone"),
        ("t", "{}", "no {}"),
        ("t", "My number is 536-90-4399.", "identifies"),
    ],
)
def test_what_no_reply_may_hold(tmp_path, title, text, says):
    async def story(stand):
        boss = await stand.person("boss", "manager")
        answer = await boss.post("replies", title=title, text=text)
        assert (answer.status_code, code_of(answer)) == (400, "bad_reply")
        assert says in answer.json()["error"]["message"]
        assert len((await boss.get("replies")).json()["replies"]) == 8

    play(tmp_path, story)
