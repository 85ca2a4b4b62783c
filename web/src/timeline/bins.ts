/** Events a day, week, month, quarter or year, by family. */

import { FAMILIES } from "../data/families";
import type { Table } from "../data/table";
import { day, interval, month } from "../data/words";

const DAY = 86_400_000;
const MOST = 130;

export type Unit = "day" | "week" | "month" | "quarter" | "year";

/** `starts` has one entry more than there are bins: bin `b` is from `starts[b]` up to `starts[b + 1]`. */
export interface Bins {
  unit: Unit;
  starts: number[];
  families: Uint32Array[];
  highest: number;
  earlier: number;
  later: number;
}

/** The days that the axis shows: all, unless a few events lie far away from the others (wars of the past in a text of today). */
export function axis(table: Table): [number, number] | null {
  const days = Int32Array.from(table.events.start.filter((start): start is number => start !== null)).sort();
  if (days.length === 0) return null;
  const [first, last] = [days[0]!, days[days.length - 1]!];
  const at = (share: number): number => days[Math.round(share * (days.length - 1))]!;
  const middle = Math.max(60, at(0.93) - at(0.07));
  const low = at(0.07) - 0.6 * middle;
  const high = at(0.93) + 0.6 * middle;
  return [Math.max(first, Math.floor(low)), Math.min(last, Math.ceil(high))];
}

export function makeBins(table: Table, rows: Uint32Array, [first, last]: readonly [number, number]): Bins {
  const unit = unitFor(last - first + 1);
  const starts = [floor(first, unit)];
  while (starts.at(-1)! <= last) starts.push(next(starts.at(-1)!, unit));
  const families = FAMILIES.map(() => new Uint32Array(starts.length - 1));
  let [earlier, later] = [0, 0];
  for (const row of rows) {
    const start = table.events.start[row];
    if (start === null || start === undefined) continue;
    if (start < starts[0]!) earlier++;
    else if (start >= starts.at(-1)!) later++;
    else families[table.family[row]!]![find(starts, start)]! += 1;
  }
  const sums = Array.from({ length: starts.length - 1 }, (_, bin) => families.reduce((sum, one) => sum + one[bin]!, 0));
  return { unit, starts, families, highest: Math.max(1, ...sums), earlier, later };
}

/** The bin of a day within the bins. */
export function find(starts: readonly number[], value: number): number {
  let [low, high] = [0, starts.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The name of a bin. */
export function binName({ unit, starts }: Bins, bin: number): string {
  const [from, to] = [starts[bin]!, starts[bin + 1]! - 1];
  if (unit === "day") return day(from);
  return unit === "month" ? month(from) : interval(from, to);
}

/** Where the axis gets a label: the year at its beginning, else the month, not closer than `apart` bins. */
export function ticks({ starts, unit }: Bins, apart: number): { bin: number; text: string }[] {
  const found: { bin: number; text: string }[] = [];
  for (let bin = 0; bin < starts.length - 1; bin++) {
    const date = new Date(starts[bin]! * DAY);
    const newYear = date.getUTCMonth() === 0 && (unit !== "day" || date.getUTCDate() === 1) && (unit !== "week" || date.getUTCDate() <= 7);
    const newMonth = unit === "month" || unit === "quarter" || date.getUTCDate() <= (unit === "week" ? 7 : 1);
    if (!newYear && !newMonth && unit !== "year") continue;
    const previous = found.at(-1);
    const text = newYear || unit === "year" ? String(date.getUTCFullYear()) : month(starts[bin]!);
    if (previous && bin - previous.bin < apart) {
      if (newYear && !/^\d{4}$/.test(previous.text)) found.pop();
      else continue;
    }
    found.push({ bin, text });
  }
  return found.length > 0 ? found : [{ bin: 0, text: day(starts[0]!) }];
}

function unitFor(days: number): Unit {
  const lengths: [Unit, number][] = [["day", 1], ["week", 7], ["month", 30.4], ["quarter", 91.3]];
  return lengths.find(([, length]) => days / length <= MOST)?.[0] ?? "year";
}

function floor(value: number, unit: Unit): number {
  const date = new Date(value * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === "day") return value;
  if (unit === "week") return value - ((date.getUTCDay() + 6) % 7);
  if (unit === "month") return Date.UTC(year, month) / DAY;
  return unit === "quarter" ? Date.UTC(year, month - (month % 3)) / DAY : Date.UTC(year, 0) / DAY;
}

function next(value: number, unit: Unit): number {
  const date = new Date(value * DAY);
  const months = { day: 0, week: 0, month: 1, quarter: 3, year: 12 }[unit];
  if (months === 0) return value + (unit === "day" ? 1 : 7);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months) / DAY;
}
