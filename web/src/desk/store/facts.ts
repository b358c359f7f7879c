/** The facts of a case for people: what each is called, how it is written and read. */
import type { Fact, FactValue } from "./protocol.js";

export type FactKind = "money" | "day" | "whole" | "yes_no" | "choice";
export interface FactName {
  fact: string;
  label: string;
  kind: FactKind;
  choices?: [value: string, label: string][];
  /** After a whole number. */
  unit?: string;
}
export interface Group { title: string; facts: FactName[] }

const money = (fact: string, label: string): FactName => ({ fact, label, kind: "money" });
const day = (fact: string, label: string): FactName => ({ fact, label, kind: "day" });
const yesNo = (fact: string, label: string): FactName => ({ fact, label, kind: "yes_no" });
const whole = (fact: string, label: string, unit = ""): FactName => ({ fact, label, kind: "whole", unit });
const choice = (fact: string, label: string, choices: [string, string][]): FactName => ({ fact, label, kind: "choice", choices });

const STATES =
  "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI";

export const GROUPS: Group[] = [
  { title: "What is owed", facts: [
    money("amount_owed", "Amount owed"), money("assessed_balance", "Assessed balance"), money("tax", "Tax"),
    money("penalty", "Penalty"), money("interest", "Interest"), whole("tax_year", "Tax year"),
  ] },
  { title: "Paying", facts: [
    whole("days_to_pay", "Time to pay", "days"), money("monthly_payment", "Could pay a month"), money("pay_now", "Could pay at once"),
    yesNo("direct_debit", "Direct debit"),
    choice("channel", "Would apply", [["online", "Online"], ["phone", "By phone"], ["mail", "By mail"], ["in_person", "In person"]]),
  ] },
  { title: "Filing", facts: [
    yesNo("returns_filed", "All returns filed"), yesNo("filed_on_time", "Filed on time"), yesNo("current_year_paid", "This year's tax paid on time"),
    choice("taxpayer", "Account", [["individual", "Personal"], ["business", "Business"]]),
    yesNo("payroll_tax", "Payroll tax"), yesNo("closed_sole_proprietor", "Closed sole proprietor"),
    yesNo("clean_five_years", "Five years filed and paid, no plan"), yesNo("clean_three_years", "Three years on time, no penalty"),
  ] },
  { title: "The notice and its days", facts: [
    day("notice_date", "Date of the notice"), day("due_date", "Due date on the notice"), day("first_bill_date", "First bill"),
    day("assessed_on", "Tax assessed on"), day("levy_notice_date", "CP504 dated"), day("hearing_notice_date", "Final levy notice dated"),
    day("lien_notice_date", "Lien letter dated"), day("bank_levy_date", "Bank levy on"),
    day("conference_requested", "Conference requested"), day("conference_held", "Conference held"),
  ] },
  { title: "What is going on", facts: [
    choice("existing_plan", "Other plan with the IRS", [["none", "None"], ["in_effect", "In effect"], ["defaulted", "Defaulted"]]),
    yesNo("final_levy_notice", "Final levy notice"), yesNo("lien_notice", "Lien letter"), yesNo("levy_in_place", "Levy in place"),
    yesNo("revenue_officer", "Revenue officer"), yesNo("bankruptcy", "Bankruptcy"), yesNo("offer_pending", "Offer in compromise pending"),
    yesNo("disagrees", "Disagrees with the amount"), yesNo("already_paid", "Paid already"), yesNo("identity_theft", "Identity theft"),
    yesNo("spouse_issue", "Spouse's doing"), yesNo("reasonable_cause", "Reasonable cause"),
  ] },
  { title: "Money and household", facts: [
    yesNo("hardship", "Paying would stop basic living costs"), money("monthly_left", "Left each month"), money("asset_equity", "Equity in assets"),
    money("agi", "Adjusted gross income"), whole("family_size", "Family size"), choice("state", "State", STATES.split(" ").map((s) => [s, s])),
  ] },
];

const NAMES = new Map(GROUPS.flatMap((g) => g.facts).map((f) => [f.fact, f]));

export function nameOf(fact: string): FactName {
  return NAMES.get(fact) ?? { fact, label: fact.replaceAll("_", " "), kind: "choice", choices: [] };
}

const DOLLARS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", minimumFractionDigits: 0, maximumFractionDigits: 2 });
const DAY = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", year: "numeric", timeZone: "UTC" });

export function dollars(amount: string): string {
  const n = Number(amount);
  return Number.isNaN(n) ? amount : DOLLARS.format(n).replace(/(\.\d)$/, "$10");
}

export function dayWords(iso: string): string {
  const at = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(at) ? iso : DAY.format(at);
}

/** Nobody thinks of a plan in hundreds of days. */
function months(unit: string, value: number): string {
  return unit === "days" && value > 180 ? ` (about ${String(Math.round(value / (365 / 12)))} months)` : "";
}

/** How a fact is shown. */
export function shown(fact: string, value: Fact["value"]): string {
  const name = nameOf(fact);
  if (value === null) return "Unknown";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return name.unit ? `${value.toLocaleString("en-US")} ${name.unit}${months(name.unit, value)}` : String(value);
  if (typeof value !== "string") return "Yes";
  if (name.kind === "money") return dollars(value);
  if (name.kind === "day") return dayWords(value);
  return name.choices?.find(([v]) => v === value)?.[1] ?? value;
}

/** How a fact stands in the box it is changed in. */
export function written(fact: string, value: Fact["value"] | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (nameOf(fact).kind === "money" && typeof value === "string") return value.replace(/\.00$/, "");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** What was written as the server takes it; `undefined` where it cannot be read. Empty is unknown. */
export function read(fact: string, text: string): FactValue | undefined {
  const { kind, choices } = nameOf(fact);
  const said = text.trim();
  if (!said) return null;
  if (kind === "yes_no") return said === "yes" ? true : said === "no" ? false : undefined;
  if (kind === "day") return /^\d{4}-\d{2}-\d{2}$/.test(said) ? said : undefined;
  if (kind === "choice") return choices?.some(([v]) => v === said) ? said : undefined;
  const plain = said.replace(/[$,\s]/g, "");
  if (kind === "whole") return /^\d{1,6}$/.test(plain) ? Number(plain) : undefined;
  return /^-?\d{1,12}(\.\d{1,2})?$/.test(plain) ? Number(plain).toFixed(2) : undefined;
}

export const READS: Record<FactKind, string> = {
  money: "Write an amount, for example 12,000 or 4350.75.",
  day: "Choose a day.",
  whole: "Write a whole number.",
  yes_no: "Choose yes, no or unknown.",
  choice: "Choose one of the list.",
};

/** Facts in their groups; those of no group last. */
export function grouped(facts: readonly Fact[]): { title: string; facts: Fact[] }[] {
  const by = new Map(facts.map((f) => [f.fact, f]));
  const found = GROUPS.map((g) => ({
    title: g.title,
    facts: g.facts.flatMap((n) => { const f = by.get(n.fact); by.delete(n.fact); return f ? [f] : []; }),
  }));
  return [...found, { title: "Other", facts: [...by.values()] }].filter((g) => g.facts.length > 0);
}

export function unknownOf(facts: readonly Fact[]): FactName[] {
  const known = new Set(facts.filter((f) => f.value !== null).map((f) => f.fact));
  return GROUPS.flatMap((g) => g.facts).filter((f) => !known.has(f.fact));
}
