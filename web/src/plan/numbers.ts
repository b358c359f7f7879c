/** A plan's numbers as lines to draw and rows to read. */
import { isoDay } from "../dates.js";
import { fill, type Texts } from "../texts.js";
import type { Balance, Plan } from "../types.js";

const YEAR_MS = 365.25 * 86_400_000;
const MONTHLY_UP_TO = 25; // rows; a longer table goes by years

export interface Line {
  name: string;
  balance: Balance;
}

/** "$12,250", cents only where a text gives them. */
export function dollars(amount: string | number, cents = false): string {
  const digits = cents ? 2 : 0;
  return new Intl.NumberFormat("en-US", {
    style: "currency", currency: "USD", minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).format(Number(amount));
}

/** Every way, and doing nothing, that has a course over time. */
export function linesOf(plan: Plan): Line[] {
  const ways = plan.nothing ? [...plan.ways, plan.nothing] : plan.ways;
  return ways.filter((w) => w.balance.length > 1).map((w) => ({ name: w.name, balance: w.balance }));
}

/** Points in years from the plan's day. */
export function points(line: Line, asOf: string): { x: number; y: number }[] {
  const start = Date.parse(asOf);
  return line.balance.map(([day, amount]) => ({ x: (Date.parse(day) - start) / YEAR_MS, y: Number(amount) }));
}

export interface TableRow {
  day: string;
  amounts: string[];
}

/** What is left on each way, month by month, or year by year when that would be long. */
export function tableRows(lines: Line[], asOf: string): TableRow[] {
  const end = lines.map((l) => l.balance.at(-1)?.[0] ?? asOf).reduce((a, b) => (a > b ? a : b), asOf);
  const months = monthsBetween(asOf, end);
  const step = months <= MONTHLY_UP_TO ? 1 : 12;
  const rows: TableRow[] = [];
  for (let n = 0; n < months + step; n += step) {
    const day = addMonths(asOf, n);
    rows.push({ day, amounts: lines.map((l) => left(l, day)) });
  }
  return rows;
}

function left(line: Line, day: string): string {
  let amount = line.balance[0]?.[1] ?? "0";
  for (const [at, value] of line.balance) {
    if (at > day) break;
    amount = value;
  }
  return dollars(amount);
}

function monthsBetween(from: string, to: string): number {
  const [a, b] = [new Date(from), new Date(to)];
  const whole = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  return whole + (b.getUTCDate() > a.getUTCDate() ? 1 : 0);
}

/** The same day some months on, or the month's last day. */
export function addMonths(day: string, months: number): string {
  const date = new Date(day);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date.getUTCDate(), last));
  return first.toISOString().slice(0, 10);
}

/** The chart in words. */
export function summaryOf(lines: Line[], texts: Texts, lang: string): string {
  const sentences = lines.map(({ name, balance }) => {
    const [first, last] = [balance[0], balance.at(-1)];
    return fill(texts.chartLine, {
      name, from: dollars(first?.[1] ?? 0), to: dollars(last?.[1] ?? 0), day: isoDay(last?.[0] ?? "", lang),
    });
  });
  return `${texts.chartTitle}. ${sentences.join(" ")}`;
}
