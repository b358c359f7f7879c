/** What the widget draws of the hand-over. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Chat } from "./chat.js";
import type { SocketLike } from "./socket.js";
import { Contact } from "./view/contact.js";
import { Mail } from "./view/mail.js";

type Sent = { event: string; body: Record<string, unknown>; ack: (answer: unknown) => void };
const handlers = new Map<string, (body: unknown) => void>();
const sent: Sent[] = [];
vi.mock("./socket.js", () => ({
  socketsTo: () => (): SocketLike => ({
    connected: true, active: true, connect: () => 0, disconnect: () => 0,
    emit: (event: string, body: unknown, ack?: (answer: never) => void) =>
      sent.push({ event, body: body as Sent["body"], ack: ack as Sent["ack"] }),
    on: (event: string, handler: (...args: never[]) => void) => handlers.set(event, handler as (body: unknown) => void),
  }),
}));

const message = (seq: number, more: object = {}) => ({
  seq, author: "notice", text: "Shall I pass it on?", buttons: [{ title: "Yes, pass it on" }, { title: "No, go on here" }],
  links: [], chosen: null, client_id: null, reply_to: null, at: "2026-11-24T12:00:00", answered: true, rating: null,
  card: "offer", ticked: [], handoff: false, ...more,
});
const rating = (seq: number) => message(seq, {
  text: "Did the talk help?", card: "rating",
  buttons: ["It helped", "Partly", "It did not help"].map((title) => ({ title })),
});
const handoff = (more: object = {}) => ({
  state: "offered", why: "asked", seq: 1, place: null, of: null, advisor: null, present: null, callback: false,
  contact_needed: false, staffed: true, opens: null, ...more,
});

let server = 0;
let chat: Chat;
const find = (selector: string) => chat.renderRoot.querySelector<HTMLElement>(selector);
const texts = (selector: string) => [...chat.renderRoot.querySelectorAll(selector)].map((e) => e.textContent.trim());
const drawn = async (): Promise<void> => {
  for (let n = 0; n < 4; n += 1) {
    await chat.updateComplete;
    await new Promise((later) => { setTimeout(later, 0); });
  }
};
async function opened(more: object = {}): Promise<void> {
  chat = document.createElement("cp503-chat") as unknown as Chat;
  chat.setAttribute("server", `https://people-${String((server += 1))}.example`);
  document.body.append(chat);
  await chat.updateComplete;
  chat.open();
  handlers.get("session")?.({
    token: "t", conversation: "c1", messages: [message(1)], typing: false, consent: true, held: false, keep_days: 90,
    firm: { name: "Harbor Tax", phone: "", email: "", hours: "", privacy: "" }, people: true, handoff: null, ...more,
  });
  await drawn();
}
async function told(event: string, body: object): Promise<void> {
  handlers.get(event)?.(body);
  await drawn();
}

beforeAll(() => {
  customElements.define("cp503-contact", Contact);
  customElements.define("cp503-mail", Mail);
  customElements.define("cp503-chat", Chat);
});
beforeEach(() => {
  localStorage.clear();
  sent.length = 0;
});
afterEach(() => { chat.remove(); });

describe("the offer", () => {
  it("is one card while it waits for an answer, and no buttons after", async () => {
    await opened({ handoff: handoff() });
    expect(texts(".row button")).toEqual(["Agree and pass it on", "Not now"]);
    await told("handoff", { handoff: null });
    expect(texts(".row button")).toEqual([]);
    expect(find(".said")?.textContent).toContain("Shall I pass it on?");
  });

  it("is drawn beneath the latest of two", async () => {
    await opened({ handoff: handoff({ seq: 2 }), messages: [message(1), message(2)] });
    expect(find("[data-seq='1'] .offer")).toBeNull();
    expect(find("[data-seq='2'] .offer")).not.toBeNull();
  });

  it("asks for a contact when the server says that one is needed", async () => {
    await opened({ handoff: handoff() });
    expect(find("[name=contact]")).toBeNull();
    find(".offer .main")?.click();
    sent.at(-1)?.ack({ ok: false, error: { code: "contact_needed", message: "Nobody is here. Please give a contact." } });
    await drawn();
    expect(find(".wrong")?.textContent).toContain("Nobody is here.");
    expect(chat.shadowRoot?.activeElement).toBe(find("[name=contact]"));
    (find("[name=contact]") as HTMLInputElement).value = "207 555 0142";
    find(".offer .main")?.click();
    expect(sent.at(-1)?.body).toEqual({ agree: true, contact: "207 555 0142" });
    sent.at(-1)?.ack({ ok: false, error: { code: "bad_contact", message: "Please check it." } });
    await drawn();
    expect(find(".wrong")?.textContent).toBe("Please check it.");
  });

  it("says so when it is no longer there", async () => {
    await opened({ handoff: handoff() });
    find(".offer .main")?.click();
    sent.at(-1)?.ack({ ok: false, error: { code: "no_offer", message: "There is no offer any more." } });
    await drawn();
    expect(find("[part=status]")?.textContent).toContain("There is no offer any more.");
  });
});

describe("the menu", () => {
  const items = () => texts("#menu button");

  it("has a person only where one can be had", async () => {
    await opened({ people: false });
    expect(items()).not.toContain("Talk to a person");
    await told("people", { on: true });
    expect(items()).toContain("Talk to a person");
    await told("handoff", { handoff: handoff({ state: "waiting", place: 1, of: 1 }) });
    expect(items()).not.toContain("Talk to a person");
  });

  it("sends mail only where the firm does, and a case is over or had an address", async () => {
    const item = "Send it to me by e-mail";
    await opened({ messages: [rating(1)] });
    expect(items()).not.toContain(item);
    expect(texts(".helped .text")).toEqual([]);
    chat.remove();
    await opened({ mail: true });
    expect(items()).not.toContain(item);
    await told("handoff", { handoff: handoff({ state: "waiting", place: 1, of: 1, email: true }) });
    expect(items()).toContain(item);
    chat.remove();
    await opened({ mail: true, messages: [rating(1)] });
    expect(items()).toContain(item);
    expect(texts(".helped .text")).toEqual([item]);
  });
});

describe("where it stands", () => {
  const line = () => find(".standing")?.textContent.replace(/\s+/g, " ").trim() ?? "";

  it("tells the place as it is, and reads out when it changes", async () => {
    await opened({ handoff: handoff({ state: "waiting", place: 3, of: 5 }) });
    expect(line()).toContain("You are number 3 of 5 in line.");
    const news = () => find(".panel > [role=status]")?.textContent;
    expect(news()).toBe("");
    await told("handoff", { handoff: handoff({ state: "waiting", place: 1, of: 4 }) });
    expect(line()).toContain("You are next in line (1 of 4).");
    expect(news()).toBe("You are next in line (1 of 4).");
    await told("disconnect", {});
    expect(line()).toContain("Your place in line is kept while you are offline.");
  });

  it("asks for a call back only where one was offered and no contact given", async () => {
    await opened({ handoff: handoff({ state: "waiting", place: 1, of: 1 }) });
    expect(find(".call")).toBeNull();
    await told("handoff", { handoff: handoff({ state: "waiting", place: 1, of: 1, callback: true, contact_needed: true }) });
    find(".call")?.click();
    await drawn();
    expect(chat.shadowRoot?.activeElement).toBe(find("[name=contact]"));
    find("[name=contact]")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await drawn();
    expect([chat.isOpen, find("[name=contact]")]).toEqual([true, null]);
    expect(chat.shadowRoot?.activeElement).toBe(find(".call"));
    find(".call")?.click();
    await told("handoff", { handoff: handoff({ state: "with_advisor", advisor: "Anna", present: true }) });
    expect(find("[name=contact]")).toBeNull();
    expect(line()).toContain("Anna, tax advisor (a person)");
    await told("handoff", { handoff: handoff({ state: "with_advisor", advisor: "Anna", present: false }) });
    expect(line()).toContain("Lost the connection.");
    expect(find(".dot")?.className).toContain("off");
  });

  it("names who writes, and the box whom one writes to", async () => {
    await opened({ handoff: handoff({ state: "with_advisor", advisor: "Anna", present: true }) });
    await told("typing", { on: true, by: "Anna" });
    expect(find("[part=typing]")?.textContent).toContain("Anna is writing");
    await told("typing", { on: false }); // of the bot: it says nothing about her
    expect(find("[part=typing]")).not.toBeNull();
    await told("message", message(5, { author: "advisor", by: "Anna", text: "Hello.", card: null, buttons: [] }));
    expect(find("[part=typing]")).toBeNull();
    expect(find("textarea")?.getAttribute("placeholder")).toBe("Write to Anna");
  });

  it("asks before the talk is ended, and says what a refusal says", async () => {
    await opened({ handoff: handoff({ state: "with_advisor", advisor: "Anna", present: true }) });
    find(".leave")?.click();
    await drawn();
    expect(find("#question")?.textContent).toContain("End the talk with Anna?");
    expect(chat.shadowRoot?.activeElement?.textContent.trim()).toBe("Go on");
    find(".question button")?.click();
    expect(sent.at(-1)?.event).toBe("handoff_cancel");
    sent.at(-1)?.ack({ ok: false, error: { code: "no_offer", message: "There is nothing to take back." } });
    await drawn();
    expect(find("[part=status]")?.textContent).toContain("There is nothing to take back.");
    find(".leave")?.click();
    await drawn();
    await told("handoff", { handoff: null }); // over meanwhile: nothing is left to refuse or to ask
    expect(find("[part=status]")?.textContent.trim()).toBe("");
    expect(find("#question")).toBeNull();
  });
});

describe("after a case", () => {
  const pressed = () => [...chat.renderRoot.querySelectorAll(".helped [aria-pressed]")].map((b) => b.getAttribute("aria-pressed"));

  it("is rated in place, changed, and left alone once another case runs", async () => {
    await opened({ messages: [rating(1)] });
    const buttons = chat.renderRoot.querySelectorAll<HTMLButtonElement>(".helped button");
    buttons[1]?.click();
    await drawn();
    expect(pressed()).toEqual(["false", "true", "false"]);
    sent.at(-1)?.ack({ ok: false, error: { code: "no_case", message: "Too late." } });
    await drawn();
    expect(pressed()).toEqual(["false", "false", "false"]);
    await told("handoff", { handoff: handoff({ state: "waiting", place: 1, of: 1 }) });
    expect(find(".helped button")?.hasAttribute("disabled")).toBe(true);
  });

  it("sends what was chosen to where they say", async () => {
    await opened({ mail: true, messages: [message(1, { card: "plan" }), rating(2)] });
    find(".helped .text")?.click();
    await drawn();
    const to = find("[name=to]") as HTMLInputElement;
    expect(chat.shadowRoot?.activeElement).toBe(to);
    const submit = async (): Promise<void> => {
      find(".question .main")?.click();
      await drawn();
    };
    to.value = "somewhere";
    await submit();
    expect(find(".wrong")?.textContent).toContain("not a whole e-mail address");
    to.value = "jo@example.com";
    for (const name of ["transcript", "plan"]) (find(`[name=${name}]`) as HTMLInputElement).checked = false;
    await submit();
    expect(find(".wrong")?.textContent).toContain("choose at least one");
    (find("[name=plan]") as HTMLInputElement).checked = true;
    await submit();
    expect(sent.at(-1)).toMatchObject({ event: "mail_me", body: { to: "jo@example.com", transcript: false, plan: true } });
    sent.at(-1)?.ack({ ok: false, error: { code: "too_many", message: "That was enough for today." } });
    await drawn();
    expect(find(".wrong")?.textContent).toBe("That was enough for today.");
    await submit();
    sent.at(-1)?.ack({ ok: true });
    await drawn();
    expect(find("[name=to]")).toBeNull();
    expect(find("[part=status]")?.textContent).toContain("It is on its way to jo@example.com.");
  });
});
