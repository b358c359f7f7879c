"""Pages of a firm's own website, on another origin and as strict or as careless as such pages are."""

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

HOSTILE_CSS = """
* { all: revert; font: 40px/3 fantasy !important; color: red !important; box-sizing: content-box;
    letter-spacing: 1em; text-transform: uppercase; float: right; }
button, textarea, div, p, ul, li, span { display: none !important; background: lime !important; }
html { font-size: 40px; }
"""


class HostPages:
    """``page`` is what / answers; ``policy`` its Content-Security-Policy, if any."""

    def __init__(self):
        self.body = ""
        self.policy = ""
        self.head = ""
        self.lang = 'lang="en"'

    def app(self):
        async def page(_):
            headers = {"content-security-policy": self.policy} if self.policy else {}
            return HTMLResponse(
                f"<!doctype html><html {self.lang}><head><meta charset=utf-8>"
                '<meta name="viewport" content="width=device-width">'
                f"<title>A firm</title>{self.head}</head><body><main><h1>A firm</h1>{self.body}"
                "</main></body></html>",
                headers=headers,
            )

        async def style(_):
            return Response(HOSTILE_CSS, media_type="text/css")

        async def script(_):
            return Response(SPA, media_type="text/javascript")

        return Starlette(
            routes=[Route("/", page), Route("/hostile.css", style), Route("/spa.js", script)]
        )


# A site that changes its pages without loading them: the widget goes and comes with its page.
SPA = """
window.go = (name) => {
  history.pushState({}, "", "/#" + name);
  const main = document.querySelector("main");
  main.replaceChildren();
  const title = document.createElement("h1");
  title.textContent = name;
  main.append(title);
  if (name !== "nothing") main.append(document.createElement("cp503-chat"));
};
"""


def strict(server):
    """A policy as strict as a page can have that loads the widget."""
    sockets = server.replace("http", "ws", 1)
    return (
        f"default-src 'none'; script-src {server} 'self'; connect-src {server} {sockets}; "
        "style-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
