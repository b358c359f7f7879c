/** The chart with its legend, and the same numbers as a table. */
import { html, nothing, type TemplateResult } from "lit";
import { isoDay } from "../dates.js";
import { fill, type Texts } from "../texts.js";
import { linesOf, dollars, points, summaryOf, tableRows, type Line } from "./numbers.js";
import type { Plan } from "../types.js";
import type { Drawn, Look } from "./chart.js";

const DASHES = [[], [8, 4], [2, 3], [10, 4, 2, 4], [5, 5]];

export function chartFigure(plan: Plan, t: Texts, lang: string): TemplateResult {
  const lines = linesOf(plan);
  return html`<figure class="chart" part="chart">
    <figcaption>${t.chartTitle}</figcaption>
    <div class="canvas"><canvas role="img" aria-label=${summaryOf(lines, t, lang)}></canvas></div>
    <ul class="legend" aria-hidden="true">
      ${lines.map(
        (line, i) => html`<li>
          <svg class="line line-${i % 5}" viewBox="0 0 34 6" width="34" height="6">
            <path d="M1 3h32" fill="none" stroke="currentColor" stroke-width="2.5" stroke-dasharray=${(DASHES[i % 5] ?? []).join(" ") || nothing} />
          </svg>
          ${line.name}
        </li>`,
      )}
    </ul>
  </figure>`;
}

export function chartTable(plan: Plan, t: Texts, lang: string): TemplateResult {
  const lines = linesOf(plan);
  return html`<div class="numbers" part="numbers" role="group" tabindex="0" aria-label=${t.chartTitle}>
    <table role="table" aria-label=${t.chartTitle}>
      <thead role="rowgroup">
        <tr role="row">
          ${[t.chartDay, ...lines.map((l) => l.name)].map(
            (name) => html`<th role="columnheader" scope="col">${name}</th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${tableRows(lines, plan.as_of).map(
          (row) => html`<tr role="row">
            <th role="rowheader" scope="row">${isoDay(row.day, lang, true)}</th>
            ${row.amounts.map(
              (amount, i) => html`<td role="cell">
                <span class="label" aria-hidden="true">${lines[i]?.name}</span> <span>${amount}</span>
              </td>`,
            )}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Load the chart and draw it in the colours the legend has just now. */
export async function drawInto(root: HTMLElement, plan: Plan, t: Texts): Promise<Drawn | null> {
  const { draw } = await import("./chart.js");
  const canvas = root.querySelector("canvas");
  if (!canvas) return null; // hidden again meanwhile
  const lines = linesOf(plan);
  const swatches = [...root.querySelectorAll(".legend svg")].map((s) => getComputedStyle(s).color);
  const series = lines.map((line: Line, i: number) => ({
    points: points(line, plan.as_of), colour: swatches[i] ?? "gray", dash: DASHES[i % 5] ?? [],
  }));
  return draw(canvas, series, look(canvas, t));
}

function look(canvas: HTMLCanvasElement, t: Texts): Look {
  const style = getComputedStyle(canvas);
  return {
    ink: style.color, grid: style.borderTopColor, font: style.fontFamily,
    still: matchMedia("(prefers-reduced-motion: reduce)").matches,
    dollars: (amount) => dollars(amount),
    time: (years) => {
      if (years === 0) return t.chartNow;
      const whole = Math.abs(years - Math.round(years)) < 0.01;
      return whole ? fill(t.chartYears, { n: Math.round(years) }) : fill(t.chartMonths, { n: Math.round(years * 12) });
    },
  };
}
