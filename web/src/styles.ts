import { css } from "lit";

export const styles = css`
  :host {
    --ink: #17222e;
    --quiet: #51606f;
    --paper: #f4f6f8;
    --card: #ffffff;
    --line: #d3dbe2;
    --accent: #0b5a75;
    --accent-ink: #ffffff;
    --mine: #dcecf2;
    --notice: #fff6dc;
    --notice-line: #d9b44a;
    display: flex;
    flex-direction: column;
    height: 100dvh;
    color: var(--ink);
    background: var(--paper);
    font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --ink: #e8edf2;
      --quiet: #a9b7c4;
      --paper: #10171e;
      --card: #1a242e;
      --line: #33424f;
      --accent: #7cc6de;
      --accent-ink: #06222c;
      --mine: #17394a;
      --notice: #362d12;
      --notice-line: #8f7526;
    }
  }
  * {
    box-sizing: border-box;
  }
  .wide {
    width: 100%;
    max-width: 46rem;
    margin: 0 auto;
    padding: 0 1rem;
  }
  header {
    background: var(--card);
    border-bottom: 1px solid var(--line);
    padding: 0.6rem 0;
  }
  header .wide {
    display: flex;
    align-items: center;
    gap: 0.75rem;
  }
  h1 {
    font-size: 1.1rem;
    line-height: 1.3;
    margin: 0;
  }
  header p {
    margin: 0;
    font-size: 0.85rem;
    color: var(--quiet);
  }
  .grow {
    flex: 1;
    min-width: 0;
  }
  main {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .log {
    padding-top: 1rem;
    padding-bottom: 1rem;
    display: flex;
    flex-direction: column;
    gap: 0.6rem;
  }
  .bubble {
    max-width: min(38rem, 92%);
    padding: 0.6rem 0.9rem;
    border-radius: 0.9rem;
    background: var(--card);
    border: 1px solid var(--line);
    overflow-wrap: anywhere;
    align-self: flex-start;
    border-bottom-left-radius: 0.25rem;
  }
  .visitor {
    align-self: flex-end;
    background: var(--mine);
    border-color: transparent;
    border-radius: 0.9rem 0.9rem 0.25rem 0.9rem;
  }
  .notice {
    background: var(--notice);
    border-color: var(--notice-line);
  }
  .bubble p {
    margin: 0 0 0.5rem;
    white-space: pre-line;
  }
  .bubble ul,
  .bubble ol {
    margin: 0 0 0.5rem;
    padding-left: 1.3rem;
  }
  .bubble li {
    margin: 0.15rem 0;
  }
  .bubble > :last-child {
    margin-bottom: 0;
  }
  .keep {
    white-space: nowrap;
  }
  a {
    color: var(--accent);
  }
  .links {
    font-size: 0.9rem;
  }
  .state {
    font-size: 0.8rem;
    color: var(--quiet);
    align-self: flex-end;
    margin-top: -0.4rem;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-self: flex-start;
    max-width: 100%;
  }
  button {
    font: inherit;
    min-height: 2.5rem;
    padding: 0.35rem 0.95rem;
    border-radius: 1.25rem;
    border: 1px solid var(--accent);
    background: transparent;
    color: var(--accent);
    cursor: pointer;
    text-align: left;
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
    border-style: solid;
    border-color: var(--accent);
    font-weight: 600;
  }
  button.main {
    background: var(--accent);
    color: var(--accent-ink);
    border-radius: 0.6rem;
  }
  button.main:hover:not(:disabled) {
    filter: brightness(1.08);
    background: var(--accent);
  }
  button.plain {
    border-color: var(--line);
    border-radius: 0.6rem;
    white-space: nowrap;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .dots {
    display: inline-flex;
    gap: 0.3rem;
    padding: 0.3rem 0;
  }
  .dots span {
    width: 0.45rem;
    height: 0.45rem;
    border-radius: 50%;
    background: var(--quiet);
    animation: breathe 1.2s infinite ease-in-out;
  }
  .dots span:nth-child(2) {
    animation-delay: 0.2s;
  }
  .dots span:nth-child(3) {
    animation-delay: 0.4s;
  }
  @keyframes breathe {
    0%,
    100% {
      opacity: 0.25;
    }
    50% {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .dots span {
      animation: none;
      opacity: 0.7;
    }
  }
  .bar {
    background: var(--notice);
    border-top: 1px solid var(--notice-line);
    font-size: 0.9rem;
  }
  .bar p {
    margin: 0;
    padding: 0.45rem 0;
  }
  footer {
    background: var(--card);
    border-top: 1px solid var(--line);
    padding: 0.6rem 0 max(0.6rem, env(safe-area-inset-bottom));
  }
  form {
    display: flex;
    gap: 0.5rem;
    align-items: flex-end;
  }
  textarea {
    flex: 1;
    min-width: 0;
    font: inherit;
    color: inherit;
    background: var(--paper);
    border: 1px solid var(--quiet);
    border-radius: 0.6rem;
    padding: 0.5rem 0.75rem;
    resize: none;
    min-height: 2.75rem;
    max-height: 9rem;
    field-sizing: content;
  }
  form button {
    min-height: 2.75rem;
  }
  .hint {
    font-size: 0.8rem;
    color: var(--quiet);
    margin: 0.35rem 0 0;
  }
  .hint.over {
    color: var(--ink);
    font-weight: 600;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .bubble,
    button {
      border: 1px solid CanvasText;
    }
  }
`;
