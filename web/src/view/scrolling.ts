/**
 * Where the conversation stands: at the end while the visitor is at the end, still while they read above,
 * and never past the beginning of what came last, so that a long answer is read from its beginning.
 */
const NEAR = 60; // this close to the end counts as being there
const MARGIN = 10;
const INTENT_MS = 1_500;
const INTENTS = ["wheel", "touchmove", "pointerdown", "keydown"];

export class Scrolling {
  /** New messages came in while the visitor read above. */
  missed = false;
  private following = true;
  private anchor: HTMLElement | null = null;
  private set = 0; // where we ourselves put it last
  private height = 0; // of the content then
  private touched = -INTENT_MS; // when the visitor last did something that scrolls
  private observer: ResizeObserver | null = null;
  private box: HTMLElement | null = null;

  constructor(private readonly changed: () => void) {}

  /** Begin to look after a scrolling box and what is in it. */
  attach(box: HTMLElement, content: Element[]): void {
    if (this.box === box) return;
    this.detach();
    this.box = box;
    box.addEventListener("scroll", this.onScroll, { passive: true });
    for (const name of INTENTS) box.addEventListener(name, this.onIntent, { passive: true });
    if (typeof ResizeObserver !== "function") return;
    this.observer = new ResizeObserver(() => { this.settle(); });
    for (const element of [box, ...content]) this.observer.observe(element);
  }

  detach(): void {
    this.box?.removeEventListener("scroll", this.onScroll);
    for (const name of INTENTS) this.box?.removeEventListener(name, this.onIntent);
    this.observer?.disconnect();
    this.observer = null;
    this.box = null;
  }

  /** The conversation is shown anew: at the last question, or at its beginning when none was asked. */
  begin(row: HTMLElement | null): void {
    this.following = true;
    this.missed = false;
    this.anchor = row;
    this.settle();
  }

  /** Something was added; `own` when the visitor sent it. */
  added(row: HTMLElement | null, own: boolean): void {
    if (own) {
      this.following = true;
      this.anchor = row;
    } else if (this.following) {
      if (!this.anchor?.isConnected) this.anchor = row;
    } else if (!this.missed) {
      this.missed = true;
      this.anchor = row;
      this.changed();
    }
    this.settle();
  }

  /** Go to what was missed. */
  jump(): void {
    this.following = true;
    this.missed = false;
    this.settle();
    this.changed();
  }

  private settle(): void {
    const box = this.box;
    // The browser keeps the place of who reads above; while we follow, it would work against us.
    box?.classList.toggle("following", this.following);
    if (!box || !this.following || box.clientHeight === 0) return;
    const end = box.scrollHeight - box.clientHeight;
    const top = this.anchor?.isConnected
      ? this.anchor.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop - MARGIN
      : end;
    const to = Math.max(0, Math.min(end, top));
    if (Math.abs(box.scrollTop - to) > 1) box.scrollTop = to;
    this.set = box.scrollTop;
    this.height = box.scrollHeight;
  }

  private readonly onIntent = (): void => {
    this.touched = performance.now();
  };

  private readonly onScroll = (): void => {
    const box = this.box;
    if (!box || box.clientHeight === 0 || Math.abs(box.scrollTop - this.set) < 4) return;
    const meant = performance.now() - this.touched < INTENT_MS;
    if (!meant && this.following && box.scrollHeight !== this.height) {
      this.settle(); // pushed by what changed in it, not by the visitor
      return;
    }
    // The visitor's own doing: what they chose to look at stays.
    this.set = box.scrollTop;
    this.following = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (!this.missed) this.anchor = null;
    box.classList.toggle("following", this.following);
    if (this.following && this.missed) {
      this.missed = false;
      this.anchor = null;
      this.changed();
    }
  };
}
