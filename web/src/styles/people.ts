/** Where it stands with a person, the offer, the forms. */
import { css } from "lit";

export const people = css`
  :host {
    --there: #237a3f;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --there: #63d28c;
    }
  }
  .standing {
    flex: none;
    display: flex;
    align-items: safe center;
    gap: 10px;
    max-block-size: 60%;
    overflow-y: auto;
    padding: 9px 18px;
    background: var(--mine);
    border-block-end: 1px solid var(--line);
  }
  .standing .name {
    font-weight: 600;
  }
  .standing .quiet {
    color: var(--ink);
  }
  .standing .call {
    margin-block-start: 7px;
  }
  .standing .leave {
    flex: none;
    background: var(--sheet);
  }
  .dot {
    flex: none;
    inline-size: 11px;
    block-size: 11px;
    border-radius: 50%;
    background: var(--there);
    border: 1px solid var(--there);
  }
  .dot.off {
    background: transparent;
    border: 2px solid var(--quiet);
  }
  .offer,
  .helped {
    margin-block-start: 8px;
  }
  .offer {
    inline-size: min(38em, 94%);
  }
  .contact {
    display: flex;
    flex-direction: column;
    gap: 8px;
    margin-block-start: 6px;
  }
  .contact label {
    display: flex;
    flex-direction: column;
    gap: 2px;
    font-size: 0.9375em;
  }
  .contact .check {
    flex-direction: row;
    align-items: center;
    gap: 8px;
    min-block-size: 28px;
  }
  .check input {
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--accent);
  }
  .contact [aria-invalid="true"] {
    border: 2px solid var(--warn);
  }
  .wrong {
    color: var(--warn);
    font-size: 0.9375em;
  }
  .wrong:empty {
    display: none;
  }
  .question {
    max-block-size: 60%;
    overflow-y: auto;
  }
  .question .main {
    background: var(--accent);
  }
  .helped .quiet {
    margin-block-start: 4px;
  }
  .typing .by {
    display: inline;
    margin-inline-end: 6px;
  }
  @media (forced-colors: active) {
    .dot {
      forced-color-adjust: none;
      background: CanvasText;
      border-color: CanvasText;
    }
    .dot.off {
      background: Canvas;
    }
    .contact [aria-invalid="true"] {
      border: 3px double FieldText;
    }
  }
`;
