/** Fetches what the server makes: a file to keep, or a page in a tab of its own. */
import type { DocumentKind } from "./types.js";
import type { Context } from "./view/context.js";

/** Have a file downloaded. The server names it an attachment; the page stays where it is. */
export async function download(c: Context, kind: DocumentKind, seq?: number): Promise<void> {
  const url = await address(c, kind, seq);
  if (!url) return;
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  // Another server's file ignores `download`: never let it take the place of the firm's page.
  if (new URL(url).origin !== location.origin) link.target = "_blank";
  link.rel = "noopener";
  link.click();
}

/** Open a page in a new tab, opened within the tap itself or it would be taken for a pop-up. */
export async function openTab(c: Context, kind: DocumentKind, seq?: number): Promise<void> {
  const tab = window.open("", "_blank");
  if (tab) tab.opener = null;
  const url = await address(c, kind, seq);
  const shown = url && kind === "pdf" ? `${url}?inline` : url; // in the tab rather than saved
  if (!shown) tab?.close();
  else if (tab && !tab.closed) tab.location.replace(shown);
  else c.tell(c.texts.ready, shown);
}

async function address(c: Context, kind: DocumentKind, seq?: number): Promise<string | null> {
  const reply = await c.connection.marks.document(kind, seq);
  if (reply.ok) {
    const url = new URL(reply.url, c.server);
    if (url.origin === new URL(c.server).origin) return url.href;
  }
  const { code, message } = reply.ok ? { code: "", message: "" } : reply.error;
  c.tell(message || (code === "offline" ? c.texts.needsConnection : c.texts.problem));
  return null;
}
