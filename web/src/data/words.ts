/** How numbers, days and names of the ontology are written for a reader. */

const DAY = 86_400_000;
const dates = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const months = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
const numbers = new Intl.NumberFormat("en-GB");
const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

export const number = (value: number): string => numbers.format(value);

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;

/** A day, given as days since 1970-01-01. */
export const day = (value: number): string => dates.format(value * DAY);
export const month = (value: number): string => months.format(value * DAY);

/** ISO form of a day, for inputs and addresses. */
export const iso = (value: number): string => new Date(value * DAY).toISOString().slice(0, 10);

/** Days since 1970-01-01 of an ISO day, `null` when it is none. */
export function fromIso(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : time / DAY;
}

/** An interval of days, as briefly as it allows. */
export function interval(start: number | null, end: number | null): string {
  if (start === null) return "undated";
  if (end === null || end === start) return day(start);
  const from = new Date(start * DAY);
  const to = new Date(end * DAY);
  const wholeMonths = from.getUTCDate() === 1 && new Date((end + 1) * DAY).getUTCDate() === 1;
  if (wholeMonths && from.getUTCFullYear() === to.getUTCFullYear()) {
    if (from.getUTCMonth() === to.getUTCMonth()) return month(start);
    if (from.getUTCMonth() === 0 && to.getUTCMonth() === 11) return String(from.getUTCFullYear());
  }
  return `${day(start)} – ${day(end)}`;
}

/** A count between two bounds; an open bound says so. */
export function range(low: number | null, high: number | null): string {
  if (low === null && high === null) return "unknown";
  if (low === null) return `up to ${number(high!)}`;
  if (high === null) return `at least ${number(low)}`;
  return low === high ? number(low) : `${number(low)}–${number(high)}`;
}

/** The name of a country by its code. */
export function country(code: string): string {
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

/** "ClaimsResponsibility" → "claims responsibility". */
export const spaced = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The name of an event without the day that the page shows beside it. */
export const withoutDay = (label: string): string => label.replace(/, \d{4}(-\d\d){0,2}(\/\d{4}-\d\d-\d\d)?$/, "");
