/**
 * What this browser keeps for somebody at the desk: what is not sent yet, what is half written, what was
 * read. One key for each thing, so that two tabs never write over each other.
 */
const ROOT = "cp503-desk";
export const KINDS = ["say", "note", "draft", "note-draft", "seen"] as const;
export type Kind = (typeof KINDS)[number];
const LASTS_MS = 7 * 24 * 3600 * 1000;

interface Box { at: number; value: unknown }

export class Kept {
  constructor(private readonly user: string, private readonly storage: Storage = localStorage) {}

  private key(kind: Kind, id: string): string {
    return `${ROOT}/${this.user}/${kind}/${id}`;
  }

  get(kind: Kind, id: string): unknown {
    return this.read(this.key(kind, id))?.value ?? null;
  }

  /** A text that was kept, else "". */
  text(kind: "draft" | "note-draft", id: string): string {
    const value = this.get(kind, id);
    return typeof value === "string" ? value : "";
  }

  /** Whether it could be kept: a full or forbidden storage is no reason to stop working. */
  set(kind: Kind, id: string, value: unknown): boolean {
    try {
      this.storage.setItem(this.key(kind, id), JSON.stringify({ at: Date.now(), value }));
      return true;
    } catch {
      return false;
    }
  }

  remove(kind: Kind, id: string): void {
    try {
      this.storage.removeItem(this.key(kind, id));
    } catch {
      // nothing was kept there either
    }
  }

  all(kind: Kind): { id: string; value: unknown }[] {
    const start = this.key(kind, "");
    return this.keys(start).flatMap((key) => {
      const box = this.read(key);
      return box ? [{ id: key.slice(start.length), value: box.value }] : [];
    });
  }

  /** What is kept under a changed key of the storage, if it is of this person. */
  parse(key: string | null): { kind: Kind; id: string } | null {
    const start = `${ROOT}/${this.user}/`;
    if (!key?.startsWith(start)) return null;
    const [kind, ...id] = key.slice(start.length).split("/");
    const known = KINDS.find((k) => k === kind);
    return known ? { kind: known, id: id.join("/") } : null;
  }

  /** Everything of this person: they sign out. */
  clear(): void {
    for (const key of this.keys(`${ROOT}/${this.user}/`)) this.drop(key);
  }

  /** What nobody came back for, whoever's it was. */
  tidy(now = Date.now()): void {
    for (const key of this.keys(`${ROOT}/`)) if ((this.read(key)?.at ?? 0) < now - LASTS_MS) this.drop(key);
  }

  private drop(key: string): void {
    try {
      this.storage.removeItem(key);
    } catch {
      // see remove
    }
  }

  private keys(start: string): string[] {
    try {
      return Array.from({ length: this.storage.length }, (_, i) => this.storage.key(i) ?? "").filter((k) => k.startsWith(start));
    } catch {
      return [];
    }
  }

  private read(key: string): Box | null {
    try {
      const box = JSON.parse(this.storage.getItem(key) ?? "null") as Box | null;
      return box && typeof box.at === "number" ? box : null;
    } catch {
      return null;
    }
  }
}
