/** The connection an element uses: taken while it is in the page, given back when it leaves. */
import type { Connection } from "./connection.js";
import { acquire, release } from "./shared.js";

export class Attached {
  private connection: Connection | null = null;
  private holding = false; // counted among the connection's users
  private address = ""; // the server it was taken from

  constructor(
    private readonly server: () => string,
    private readonly changed: () => void,
    private readonly arrived: (event: Event) => void,
  ) {}

  /** The connection; the last one while the element is out of the page. */
  get line(): Connection {
    return this.connection ?? this.attach();
  }

  attach(): Connection {
    if (this.connection && this.holding) return this.connection;
    this.holding = true;
    this.address = this.server();
    const connection = (this.connection = acquire(this.address));
    connection.addEventListener("changed", this.changed);
    connection.addEventListener("arrived", this.arrived);
    return connection;
  }

  detach(): void {
    if (!this.holding) return;
    this.holding = false;
    this.connection?.removeEventListener("changed", this.changed);
    this.connection?.removeEventListener("arrived", this.arrived);
    release(this.address);
  }

  /** The host named another server. */
  follow(): void {
    if (!this.holding || this.address === this.server()) return;
    const going = this.line.started;
    this.detach();
    const line = this.attach();
    if (going || line.known) line.start();
  }
}
