/** What the parts of the view need of the element. */
import type { Connection } from "../connection.js";
import type { Texts } from "../texts.js";
import type { Draft, Message, Refusal } from "../types.js";

export interface Context {
  connection: Connection;
  texts: Texts;
  lang: string;
  /** The firm's phone: the server's, or the attribute while the server cannot be asked. */
  phone: string;
  server: string;
  expanded: ReadonlySet<string>;
  choose: (message: Message, button: number) => void;
  expand: (key: string) => void;
  tryAgain: (draft: Draft) => void;
  takeBack: (draft: Draft) => void;
  /** Show one line above the box. */
  tell: (words: string, url?: string) => void;
  /** The same of why something was not done; `null` when it was. */
  failed: (error: Refusal | null) => void;
  focusBox: () => void;
  /** Open the form that sends an e-mail. */
  mail: () => void;
}
