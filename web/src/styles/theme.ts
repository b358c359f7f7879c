/** Colours, letters and controls. Everything is our own: nothing of the page around shines through. */
import { css } from "lit";

export const theme = css`
  :host {
    all: initial;
    --ink: var(--cp503-ink, #17222e);
    --quiet: var(--cp503-quiet, #51606f);
    --paper: var(--cp503-paper, #f4f6f8);
    --sheet: var(--cp503-sheet, #ffffff);
    --line: var(--cp503-line, #d3dbe2);
    --accent: var(--cp503-accent, #0b5a75);
    --accent-ink: var(--cp503-accent-ink, #ffffff);
    --mine: var(--cp503-mine, #dcecf2);
    --note: var(--cp503-note, #fff6dc);
    --note-line: var(--cp503-note-line, #d9b44a);
    --warn: #9b2c14;
    --radius: var(--cp503-radius, 14px);
    --line-0: #0b5a75;
    --line-1: #b4540a;
    --line-2: #6a3fa0;
    --line-3: #2d7a3e;
    --line-4: #9b1c4a;
    display: block;
  }
  /* Again on what we draw ourselves: a host's "* { … !important }" reaches the element, not these. */
  .panel,
  .launcher {
    all: initial;
    box-sizing: border-box;
    color: var(--ink);
    color-scheme: light dark;
    font-family: var(--cp503-font, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif);
    font-size: medium;
    line-height: 1.5;
    text-align: start;
    -webkit-text-size-adjust: 100%;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --ink: var(--cp503-ink, #e8edf2);
      --quiet: var(--cp503-quiet, #a9b7c4);
      --paper: var(--cp503-paper, #10171e);
      --sheet: var(--cp503-sheet, #1a242e);
      --line: var(--cp503-line, #33424f);
      --accent: var(--cp503-accent, #7cc6de);
      --accent-ink: var(--cp503-accent-ink, #06222c);
      --mine: var(--cp503-mine, #17394a);
      --note: var(--cp503-note, #2f2914);
      --note-line: var(--cp503-note-line, #8f7526);
      --warn: #ff9d85;
      --line-0: #7cc6de;
      --line-1: #f0a35e;
      --line-2: #c3a6f0;
      --line-3: #86d29a;
      --line-4: #f49ab8;
    }
  }
  @media (forced-colors: active) {
    :host {
      --line-0: LinkText;
      --line-1: CanvasText;
      --line-2: VisitedText;
      --line-3: CanvasText;
      --line-4: CanvasText;
    }
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  h2,
  h3,
  h4,
  ul,
  ol,
  figure {
    margin: 0;
    padding: 0;
  }
  /* English sentences stay in order on a right-to-left page, and the other way round. */
  p,
  h2,
  h3,
  h4,
  li,
  figcaption,
  summary,
  td > span,
  th > span,
  label > span {
    unicode-bidi: plaintext;
  }
  a {
    color: var(--accent);
    text-underline-offset: 2px;
  }
  button {
    font: inherit;
    line-height: 1.3;
    min-height: 40px;
    padding: 6px 15px;
    border-radius: 20px;
    border: 1px solid var(--accent);
    background: transparent;
    color: var(--accent);
    cursor: pointer;
    text-align: start;
    overflow-wrap: break-word;
    touch-action: manipulation;
  }
  button:hover:not(:disabled) {
    background: var(--mine);
  }
  button:disabled {
    border-color: var(--line);
    color: var(--quiet);
    cursor: default;
  }
  button[aria-pressed="true"] {
    border-color: var(--accent);
    background: var(--mine);
    color: var(--ink);
    font-weight: 600;
  }
  button.main {
    background: var(--accent);
    color: var(--accent-ink);
    border-radius: 10px;
    font-weight: 600;
  }
  button.main:hover:not(:disabled) {
    background: color-mix(in srgb, var(--accent) 88%, var(--ink));
  }
  button.main:disabled {
    background: transparent;
    color: var(--quiet);
    border-color: var(--line);
  }
  button.small {
    min-height: 36px;
    padding: 4px 13px;
    font-size: 0.9em;
  }
  button.text {
    min-height: 28px;
    padding: 2px 4px;
    border: 0;
    border-radius: 6px;
    text-decoration: underline;
    text-underline-offset: 2px;
    font-size: inherit;
  }
  button.icon {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 44px;
    min-height: 44px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    color: var(--ink);
  }
  button.icon:disabled {
    color: var(--quiet);
    opacity: 0.6;
  }
  button.danger {
    color: var(--warn);
    border-color: var(--warn);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .keep {
    direction: ltr;
    unicode-bidi: isolate;
    white-space: nowrap;
  }
  .quiet {
    color: var(--quiet);
    font-size: 0.8125em;
  }
  @media (forced-colors: active) {
    button,
    button.icon {
      border: 1px solid ButtonText;
    }
    button:disabled {
      color: GrayText;
      border-color: GrayText;
      opacity: 1;
    }
    button[aria-pressed="true"] {
      border-width: 3px;
    }
  }
`;
