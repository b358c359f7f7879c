/** The ways to pay, side by side: a table where there is room, stacked cards where there is not. */
import { html, nothing, type TemplateResult } from "lit";
import type { Texts } from "../texts.js";
import type { Plan, Way } from "../types.js";

export function waysTable(plan: Plan, t: Texts): TemplateResult | typeof nothing {
  if (plan.ways.length === 0) return nothing;
  // Shown as blocks on narrow screens, a table is one no more for some screen readers: hence the roles.
  return html`<table class="ways" part="ways" role="table" aria-label=${t.planWays}>
    <thead role="rowgroup">
      <tr role="row">
        ${[t.planWay, t.planPay, t.planTime, t.planFee, t.planTotal].map(
          (name) => html`<th role="columnheader" scope="col">${name}</th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${plan.ways.map((way) => row(way, t))}
    </tbody>
  </table>`;
}

function row(way: Way, t: Texts): TemplateResult {
  const cell = (name: string, words: string): TemplateResult =>
    html`<td role="cell"><span class="label" aria-hidden="true">${name}</span> <span>${words}</span></td>`;
  return html`<tr role="row" class=${way.best.length ? "best" : ""}>
    <th role="rowheader" scope="row">
      <span>${way.name}</span>
      ${way.best.map((mark) => html` <span class="mark">${t[mark]}</span>`)}
    </th>
    ${cell(t.planPay, way.pay_words)} ${cell(t.planTime, way.time_words)} ${cell(t.planFee, way.fee_words)}
    ${cell(t.planTotal, way.total_words)}
  </tr>`;
}
