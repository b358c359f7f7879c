/** The widget's few drawings, in the colour of the text around them. */
import { svg, html, type TemplateResult } from "lit";

const SHAPES = {
  chat: svg`<path d="M4 5.5h16a1.5 1.5 0 0 1 1.5 1.5v8.5A1.5 1.5 0 0 1 20 17h-7.5L7.5 21v-4H4a1.5 1.5 0 0 1-1.5-1.5V7A1.5 1.5 0 0 1 4 5.5Z"/><path d="M7 9.7h10M7 13h6"/>`,
  close: svg`<path d="M6 6l12 12M18 6 6 18"/>`,
  menu: svg`<path d="M12 5.2v.1M12 12v.1M12 18.8v.1" stroke-width="3"/>`,
  down: svg`<path d="M12 5v14M6 13l6 6 6-6"/>`,
};

export function icon(name: keyof typeof SHAPES): TemplateResult {
  return html`<svg
    viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.8"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"
  >${SHAPES[name]}</svg>`;
}
