"""The built files as another firm's page gets them, and who may connect from where."""

import httpx
import pytest
from brain_stand_in import serving

from frontdesk.app import make_app
from frontdesk.settings import Settings


@pytest.fixture
def built(settings):
    folder = settings.web_dir / "assets"
    folder.mkdir(parents=True)
    (folder / "chart-abc.js").write_text("export {}")
    for name in ("index.html", "chat.html", "widget.js", "print.css", "print.js"):
        (settings.web_dir / name).write_text(name)
    with serving(make_app(settings), settings.port) as url:
        yield url


def test_every_file_is_there_with_its_type(built):
    for path, text, type_ in (
        ("/", "index.html", "text/html"), ("/chat", "chat.html", "text/html"),
        ("/widget.js", "widget.js", "text/javascript"), ("/print.css", "print.css", "text/css"),
        ("/assets/chart-abc.js", "export {}", "text/javascript"),
    ):  # fmt: skip
        answer = httpx.get(built + path)
        assert answer.status_code == 200 and answer.text == text
        assert answer.headers["content-type"].startswith(type_)
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_page_of_another_origin_may_load_the_widget_and_gets_the_newest(built):
    answer = httpx.get(built + "/widget.js", headers={"Origin": "https://firm.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["cache-control"] == "no-cache"
    again = httpx.get(built + "/widget.js", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert "immutable" in httpx.get(built + "/assets/chart-abc.js").headers["cache-control"]
    none = httpx.get(built + "/assets/none.js")
    assert none.status_code == 404 and "cache-control" not in none.headers


def test_the_widget_travels_compressed(built, settings):
    (settings.web_dir / "widget.js").write_text("export {}\n" * 1000)
    answer = httpx.get(built + "/widget.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == "export {}\n" * 1000


def test_a_page_that_is_not_built_says_what_to_do(site):
    for path in ("/", "/chat", "/widget.js"):
        answer = httpx.get(site + path)
        assert answer.status_code == 503 and "make setup" in answer.text


@pytest.mark.parametrize(
    "origin, host, forwarded, may",
    [
        (None, "chat.firm.example", None, True),
        ("https://firm.example", "chat.firm.example", None, True),
        ("https://www.firm.example", "chat.firm.example", None, True),
        ("https://chat.firm.example", "chat.firm.example", None, True),
        ("https://chat.firm.example", "10.0.0.7:8080", "chat.firm.example", True),
        ("https://chat.firm.example", "10.0.0.7:8080", None, False),
        ("https://evil.example", "chat.firm.example", None, False),
        ("https://firm.example.evil.example", "chat.firm.example", None, False),
        ("null", "chat.firm.example", None, False),
        ("", "", None, False),
        ("http://127.0.0.1:8080", "127.0.0.1:8080", None, True),
        ("http://127.0.0.1:8081", "127.0.0.1:8080", None, False),
    ],
)
def test_who_may_connect(origin, host, forwarded, may):
    settings = Settings(
        _env_file=None, cp503_secret="x",
        allowed_origins="https://firm.example/, https://www.firm.example",
    )  # fmt: skip
    environ = {"HTTP_HOST": host} | ({"HTTP_X_FORWARDED_HOST": forwarded} if forwarded else {})
    assert settings.may_connect(origin, environ) is may
