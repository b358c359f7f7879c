/** The conversation itself. */
import { css } from "lit";

export const messages = css`
  .row {
    display: flex;
    flex-direction: column;
    padding: 4px;
  }
  .row.far {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 100px;
  }
  .day {
    align-self: center;
    margin-block: 6px 10px;
    font-size: 0.8125em;
    color: var(--quiet);
  }
  .bubble {
    align-self: flex-start;
    max-inline-size: min(38em, 94%);
    padding: 9px 14px;
    background: var(--sheet);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    border-end-start-radius: 4px;
    overflow-wrap: anywhere;
    overflow: clip;
  }
  .bubble.visitor {
    align-self: flex-end;
    max-inline-size: min(34em, 86%);
    background: var(--mine);
    border-color: transparent;
    border-end-start-radius: var(--radius);
    border-end-end-radius: 4px;
  }
  .bubble .by {
    margin: 0 0 0.25em;
    font-size: 0.85em;
    font-weight: 600;
  }
  .bubble.notice {
    background: var(--note);
    border-color: var(--note-line);
  }
  .greeting {
    inline-size: fit-content;
    margin: 0 4px 8px;
  }
  .typed {
    white-space: pre-wrap;
  }
  .typed.short {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 8;
    overflow: hidden;
  }
  .said > * + *,
  .said + .links {
    margin-block-start: 8px;
  }
  .said ul,
  .said ol,
  .links {
    padding-inline-start: 1.35em;
  }
  .said li + li,
  .links li + li {
    margin-block-start: 4px;
  }
  .said li::marker {
    color: var(--quiet);
  }
  .links {
    font-size: 0.9375em;
  }
  .extras {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
  }
  .extras > * {
    max-inline-size: 100%;
  }
  .state {
    align-self: flex-end;
    margin-block-start: 3px;
    padding-inline-end: 2px;
    font-size: 0.75em;
    color: var(--quiet);
  }
  .state.failed {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    font-size: 0.875em;
    color: var(--warn);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 9px;
  }
  .choices button {
    background: var(--sheet);
  }
  .choices.used {
    gap: 6px;
  }
  .choices.used button {
    min-height: 28px;
    padding: 2px 11px;
    font-size: 0.8125em;
    background: transparent;
  }
  .choices.used button[aria-pressed="true"] {
    background: var(--mine);
    color: var(--ink);
  }
  .rating {
    margin-block-start: 3px;
    font-size: 0.8125em;
    color: var(--quiet);
  }
  .rate {
    display: flex;
    align-items: center;
    gap: 2px;
    padding-inline-start: 4px;
  }
  .rate span {
    margin-inline-end: 4px;
  }
  .rate button {
    min-height: 30px;
    min-inline-size: 40px;
    padding: 2px 9px;
    border-color: transparent;
    color: inherit;
    font-size: inherit;
    text-align: center;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .rate button[aria-pressed="true"] {
    text-decoration: none;
    border-color: var(--accent);
    color: var(--ink);
  }
  .word {
    display: flex;
    gap: 6px;
    margin-block-start: 4px;
  }
  .word button {
    flex: none;
  }
  .word input {
    min-inline-size: 0;
    inline-size: 17em;
    padding: 5px 10px;
  }
  .typing {
    inline-size: fit-content;
    margin: 4px;
  }
  .dots {
    display: inline-flex;
    gap: 5px;
    padding: 5px 2px;
    vertical-align: middle;
  }
  .dots span {
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: var(--quiet);
    animation: breathe 1.4s infinite ease-in-out;
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
  @media (forced-colors: active) {
    .bubble,
    .bubble.visitor {
      border: 1px solid CanvasText;
    }
    .dots span {
      background: CanvasText;
    }
  }
`;
