"""The desk's page: who gets it, who is sent to sign in, and what it may load."""

from desk_stand import PASSWORD, play


def built(stand):
    folder = stand.core.settings.web_dir
    folder.mkdir(parents=True)
    (folder / "desk.html").write_text("the desk")


def test_who_is_in_gets_the_page_and_everybody_else_the_way_in(tmp_path):
    async def story(stand):
        built(stand)
        stranger = await stand.browser().http.get("/desk")
        assert (stranger.status_code, stranger.headers["location"]) == (303, "/desk/sign-in")
        anna = await stand.person()
        page = await anna.http.get("/desk")
        assert (page.status_code, page.text) == (200, "the desk")
        policy = page.headers["content-security-policy"]
        assert "default-src 'self'" in policy and "connect-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert page.headers["cache-control"] == "no-store"
        await anna.post("sign-out")
        assert (await anna.http.get("/desk")).status_code == 303
        await anna.password(PASSWORD)  # half in
        assert (await anna.http.get("/desk")).headers["location"] == "/desk/sign-in"

    play(tmp_path, story, web_dir=tmp_path / "dist")


def test_a_page_that_is_not_built_says_what_to_do(tmp_path):
    async def story(stand):
        anna = await stand.person()
        page = await anna.http.get("/desk")
        assert page.status_code == 503 and "make setup" in page.text

    play(tmp_path, story, web_dir=tmp_path / "dist")
