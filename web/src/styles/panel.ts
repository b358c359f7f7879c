/** The launcher, the panel, its head, its notices and the box. */
import { css } from "lit";

export const panel = css`
  .launcher {
    position: fixed;
    z-index: 2147483000;
    inset-block-end: max(20px, env(safe-area-inset-bottom));
    right: max(20px, env(safe-area-inset-right));
    display: flex;
    align-items: center;
    gap: 9px;
    min-height: 56px;
    padding: 8px 22px 8px 18px;
    border: 1px solid transparent;
    border-radius: 28px;
    background: var(--accent);
    color: var(--accent-ink);
    font-weight: 600;
    cursor: pointer;
    touch-action: manipulation;
    box-shadow: 0 4px 18px rgb(10 30 45 / 28%);
  }
  @media (forced-colors: active) {
    .launcher {
      border-color: ButtonText;
    }
  }
  .launcher:hover:not(:disabled) {
    background: color-mix(in srgb, var(--accent) 88%, var(--ink));
  }
  .launcher:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 3px;
  }
  :host([position="left"]) .launcher,
  :host([position="left"]) .panel {
    right: auto;
    left: max(20px, env(safe-area-inset-left));
  }
  .badge {
    position: absolute;
    inset-block-start: -6px;
    inset-inline-end: -4px;
    min-inline-size: 24px;
    padding: 0 7px;
    border-radius: 12px;
    background: #b3261e;
    border: 2px solid #fff;
    color: #fff;
    font-size: 0.8125em;
    line-height: 20px;
    text-align: center;
  }
  .panel {
    position: fixed;
    z-index: 2147483000;
    inset-block-end: max(20px, env(safe-area-inset-bottom));
    right: max(20px, env(safe-area-inset-right));
    inline-size: min(420px, calc(100vw - 40px));
    block-size: min(680px, calc(100dvh - 40px));
    display: flex;
    flex-direction: column;
    overflow: hidden;
    background: var(--paper);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    box-shadow: 0 12px 42px rgb(10 30 45 / 26%);
  }
  :host([mode="inline"]) {
    block-size: 100%;
  }
  :host([mode="inline"]) .panel {
    position: relative;
    z-index: 0;
    inset: auto;
    inline-size: auto;
    block-size: 100%;
    min-block-size: 320px;
    border-radius: var(--cp503-radius, 0);
    border-color: transparent;
    box-shadow: none;
  }
  @media (max-width: 480px), (max-height: 520px) {
    :host(:not([mode="inline"])) .panel {
      inset: auto;
      left: 0;
      right: 0;
      top: var(--top, 0);
      inline-size: 100%;
      block-size: var(--height, 100dvh);
      border: 0;
      border-radius: 0;
      padding-top: env(safe-area-inset-top);
      padding-left: env(safe-area-inset-left);
      padding-right: env(safe-area-inset-right);
    }
  }
  .head {
    position: relative;
    flex: none;
    display: flex;
    align-items: center;
    gap: 2px;
    padding: 8px 8px 8px 18px;
    padding-inline: 18px 8px;
    background: var(--sheet);
    border-block-end: 1px solid var(--line);
  }
  .head h2 {
    font-size: 1.0625em;
    line-height: 1.3;
    font-weight: 650;
  }
  .head p {
    font-size: 0.8125em;
    color: var(--quiet);
  }
  .head p a {
    display: inline-block;
    min-block-size: 24px;
    line-height: 24px;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
  }
  .menu {
    position: absolute;
    z-index: 3;
    inset-block-start: calc(100% - 4px);
    inset-inline-end: 10px;
    list-style: none;
    padding: 6px;
    background: var(--sheet);
    border: 1px solid var(--line);
    border-radius: 12px;
    box-shadow: 0 8px 26px rgb(10 30 45 / 24%);
  }
  .menu button {
    inline-size: 100%;
    min-height: 44px;
    border: 0;
    border-radius: 8px;
    color: var(--ink);
  }
  .menu button.danger {
    color: var(--warn);
  }
  .question {
    flex: none;
    padding: 12px 18px;
    background: var(--note);
    border-block-end: 1px solid var(--note-line);
  }
  .question p {
    margin-block-end: 10px;
  }
  .question button {
    background: var(--sheet);
  }
  .middle {
    position: relative;
    flex: 1;
    min-block-size: 0;
    display: flex;
  }
  .scroller {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: 14px 12px 10px;
  }
  .scroller.following {
    overflow-anchor: none;
  }
  .scroller:focus-visible {
    outline-offset: -3px;
  }
  .start,
  .log,
  .end,
  .deleted,
  .composer form,
  .composer .hint,
  .bar p {
    max-inline-size: 736px;
    margin-inline: auto;
  }
  .jump {
    position: absolute;
    inset-block-end: 10px;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: fit-content;
    display: flex;
    align-items: center;
    gap: 6px;
    padding-inline: 10px 16px;
    background: var(--accent);
    color: var(--accent-ink);
    box-shadow: 0 3px 12px rgb(10 30 45 / 30%);
  }
  .jump:hover:not(:disabled) {
    background: color-mix(in srgb, var(--accent) 88%, var(--ink));
  }
  .jump svg {
    inline-size: 18px;
    block-size: 18px;
  }
  .about {
    margin: 0 4px 12px;
    padding: 11px 14px 12px;
    background: var(--sheet);
    border: 1px solid var(--line);
    border-inline-start: 3px solid var(--accent);
    border-radius: 10px;
    font-size: 0.875em;
  }
  .about > button,
  .about .buttons {
    margin-block-start: 9px;
  }
  .held {
    margin-block-start: 10px;
    font-size: 0.9375em;
  }
  .held h3 {
    font-size: 1.0625em;
  }
  .held p {
    margin-block-start: 6px;
  }
  .start > .quiet {
    text-align: center;
    margin: 0 4px 8px;
  }
  .unreachable,
  .deleted {
    margin-block: 8px;
    padding: 12px 14px;
    background: var(--note);
    border: 1px solid var(--note-line);
    border-radius: 10px;
  }
  .unreachable p + p {
    margin-block-start: 6px;
  }
  .deleted button {
    margin-block-start: 12px;
  }
  .bar {
    flex: none;
    padding: 7px 18px;
    background: var(--note);
    border-block-start: 1px solid var(--note-line);
    font-size: 0.875em;
  }
  .composer {
    flex: none;
    padding: 10px 14px max(9px, env(safe-area-inset-bottom));
    background: var(--sheet);
    border-block-start: 1px solid var(--line);
  }
  .composer form {
    display: flex;
    gap: 8px;
    align-items: flex-end;
  }
  textarea,
  input[type="text"],
  input[type="email"] {
    font: inherit;
    font-size: max(16px, 1em);
    color: var(--ink);
    background: var(--paper);
    border: 1px solid var(--quiet);
    border-radius: 10px;
    padding: 9px 12px;
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    resize: none;
    line-height: 1.4;
    min-block-size: 44px;
    max-block-size: min(9.5em, 32dvh);
    overflow-wrap: anywhere;
    field-sizing: content;
  }
  textarea::placeholder,
  input::placeholder {
    color: var(--quiet);
    opacity: 1;
  }
  textarea:focus-visible,
  input[type="text"]:focus-visible,
  input[type="email"]:focus-visible {
    outline-offset: 0;
    border-color: var(--accent);
  }
  .composer .main {
    min-height: 44px;
  }
  .hint {
    margin-block-start: 6px;
    font-size: 0.8125em;
    color: var(--quiet);
  }
  .hint.over {
    color: var(--warn);
    font-weight: 600;
  }
`;
