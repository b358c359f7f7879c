import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Chat } from "./chat.js";
import type { SocketLike } from "./socket.js";
import { TOKEN_KEY } from "./token.js";

const sockets: SocketLike[] = [];
const handlers = new Map<string, (body: unknown) => void>();
vi.mock("./socket.js", () => ({
  socketsTo: () => () => {
    const socket: SocketLike = {
      connected: true, active: true, connect: () => 0, disconnect: () => 0, emit: () => 0,
      on: (event: string, handler: (...args: never[]) => void) => handlers.set(event, handler as (body: unknown) => void),
    };
    sockets.push(socket);
    return socket;
  },
}));

const message = (seq: number, more: object = {}) => ({
  seq, author: "assistant", text: "Hello.", buttons: [{ title: "Is it an audit?" }], links: [], chosen: null,
  client_id: null, reply_to: null, at: "2026-11-24T12:00:00", answered: false, rating: null, card: null, ticked: [],
  handoff: false, ...more,
});
const session = (more: object = {}) => ({
  token: "t", conversation: "c1", messages: [message(1)], typing: false, consent: false, held: false, keep_days: 90,
  firm: { name: "Harbor Tax", phone: "(207) 555-0142", email: "", hours: "", privacy: "" }, ...more,
});

let server = 0;
let chat: Chat;
const find = (selector: string) => chat.renderRoot.querySelector<HTMLElement>(selector);
async function added(attributes: Record<string, string> = {}): Promise<void> {
  chat = document.createElement("cp503-chat") as unknown as Chat;
  chat.setAttribute("server", `https://assistant-${String((server += 1))}.example`);
  for (const [name, value] of Object.entries(attributes)) chat.setAttribute(name, value);
  document.body.append(chat);
  await chat.updateComplete;
}
async function opened(more: object = {}): Promise<void> {
  await added();
  chat.open();
  handlers.get("session")?.(session(more));
  await chat.updateComplete;
}

beforeAll(() => { customElements.define("cp503-chat", Chat); });
beforeEach(() => {
  localStorage.clear();
  sockets.length = 0;
});
afterEach(() => { chat.remove(); });

describe("the element", () => {
  it("connects nobody by being in a page, and at once who was here before", async () => {
    await added();
    expect(sockets).toHaveLength(0);
    expect(find(".launcher")?.getAttribute("aria-label")).toBe("Chat with us");
    expect(find(".panel")).toBeNull();
    localStorage.setItem(TOKEN_KEY, "t");
    chat.remove();
    await added();
    expect(sockets).toHaveLength(1);
    expect(chat.isOpen).toBe(false);
  });

  it("opens on the box, and gives the focus back", async () => {
    await opened();
    await chat.updateComplete;
    expect(chat.shadowRoot?.activeElement).toBe(find("textarea"));
    expect(find(".panel")?.getAttribute("role")).toBe("dialog");
    find("textarea")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await chat.updateComplete;
    expect(chat.isOpen).toBe(false);
    expect(chat.shadowRoot?.activeElement).toBe(find(".launcher"));
  });

  it("bears what a host writes wrongly", async () => {
    await added({ texts: "{", mode: "sideways", position: "up", lang: "no language", server: "not an address" });
    chat.open();
    await chat.updateComplete;
    expect(find(".panel")).not.toBeNull();
  });

  it("takes the firm's sentences and title", async () => {
    await added({ texts: '{"send":"Go","launcher":"Chat about it"}', heading: "Ask Harbor" });
    chat.open();
    await chat.updateComplete;
    expect(find("#heading")?.textContent).toBe("Ask Harbor");
    expect(find("[part=send]")?.textContent).toBe("Go");
  });

  it("sends nothing empty or too long", async () => {
    await opened();
    expect([chat.send(""), chat.send(" \n"), chat.send("x".repeat(2001)), chat.send("😭".repeat(2000))]).toEqual([
      false, false, false, true,
    ]);
  });

  it("tells the host that, not what", async () => {
    await opened();
    const told: unknown[] = [];
    for (const name of ["message", "plan", "handoff"])
      document.addEventListener(`cp503-${name}`, (e) => told.push([name, (e as CustomEvent).detail]), { once: true });
    handlers.get("message")?.(message(2, { card: null, handoff: true }));
    expect(told).toEqual([["message", { seq: 2, author: "assistant" }], ["handoff", null]]);
  });

  it("counts what comes while it is closed", async () => {
    await opened();
    chat.close();
    handlers.get("message")?.(message(2));
    await chat.updateComplete;
    expect(find(".launcher")?.getAttribute("aria-label")).toBe("Chat with us, 1 new message");
    chat.open();
    chat.close();
    await chat.updateComplete;
    expect(find(".launcher")?.getAttribute("aria-label")).toBe("Chat with us");
  });
});

describe("the conversation", () => {
  it("is quiet while it is filled in", async () => {
    await opened();
    expect(find("[role=log]")?.getAttribute("aria-live")).toBe("off");
    expect(find(".bubble")?.textContent).toContain("Hello.");
  });

  it("draws only the row that changed", async () => {
    await opened({ messages: [message(1), message(2), message(3)] });
    const rows = [...chat.renderRoot.querySelectorAll(".row")];
    const changed: Node[] = [];
    new MutationObserver((list) => { for (const m of list) changed.push(m.target); }).observe(
      find(".log") as Node, { subtree: true, childList: true, characterData: true, attributes: true },
    );
    handlers.get("typing")?.({ on: true });
    await chat.updateComplete;
    await Promise.resolve();
    expect(changed).toEqual([]);
    handlers.get("message")?.(message(2, { text: "Changed." }));
    await chat.updateComplete;
    await Promise.resolve();
    expect(changed.every((node) => rows[1]?.contains(node))).toBe(true);
    expect([...chat.renderRoot.querySelectorAll(".row")]).toEqual(rows);
  });

  it("shows the visitor's text as typed", async () => {
    await opened({ messages: [message(1, { author: "visitor", text: "<b>x</b>\n**y**", client_id: "abcdefgh" })] });
    expect(find(".typed")?.textContent).toBe("<b>x</b>\n**y**");
    expect(find(".typed")?.children).toHaveLength(0);
  });

  it("asks before anything about the case, and is quiet once agreed", async () => {
    await opened();
    expect(find(".about")?.textContent).toContain("90 days");
    handlers.get("consent_needed")?.({});
    await chat.updateComplete;
    expect(find("#held")?.textContent).toBe("Before I ask about your case");
    expect(chat.renderRoot.querySelectorAll(".about")).toHaveLength(1);
    find(".held .main")?.click();
    await chat.updateComplete;
    expect(find(".about")).toBeNull();
    expect(find(".quiet")?.textContent).toContain("Kept for 90 days.");
  });

  it("is gone once deleted", async () => {
    await opened();
    handlers.get("deleted")?.({});
    await chat.updateComplete;
    expect(find(".log")).toBeNull();
    expect(find(".deleted")?.textContent).toContain("Your conversation is deleted");
    expect(localStorage.length).toBe(0);
  });
});
