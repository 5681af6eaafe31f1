/** The fields of a row: what they are called, which stand in the table, and which can be chosen by. */
import type { Row } from "./data";
import { clock, written } from "./text";

/** Under which heading a field stands on the page of its root. */
export type Part = "who" | "data" | "runs" | "made" | "place";

export const PARTS: [Part, string][] = [
  ["who", "Who owns it and who pays"],
  ["data", "What data it holds, and how it is kept safe"],
  ["runs", "When it runs, and how large"],
  ["made", "What it makes"],
  ["place", "Where it is"],
];

export interface Field {
  id: string;
  title: string;
  part: Part;
  numeric?: boolean;
  /** What a group of roots shows in this column. */
  summed?: boolean;
  /** Shown until the reader chooses otherwise. */
  usual?: boolean;
  /** Its values are buttons beside the table. */
  facet?: boolean;
  /** What counts is whether it has a value, and not which. */
  presence?: boolean;
  /** What is said where it has no value: "none" if nothing else. */
  absent?: string;
  /** Roots can be grouped by it. */
  group?: boolean;
  width: number;
}

const UNKNOWN = "unknown";
const NO_BOUND = "no bound";
const by = { facet: true, group: true };
const many = { numeric: true, summed: true };

export const FIELDS: Field[] = [
  { id: "address", title: "Root", part: "place", usual: true, width: 270 },
  { id: "tenant", title: "Tenant", part: "who", ...by, width: 110 },
  { id: "job", title: "Job", part: "place", group: true, width: 190 },
  { id: "environment", title: "Environment", part: "place", ...by, width: 120 },
  { id: "owner", title: "Owner", part: "who", usual: true, ...by, width: 200 },
  { id: "team", title: "Team", part: "who", ...by, width: 150 },
  { id: "cost_center", title: "Cost centre", part: "who", usual: true, ...by, width: 120 },
  { id: "business_unit", title: "Business unit", part: "who", ...by, width: 140 },
  { id: "classes", title: "Class", part: "data", usual: true, ...by, width: 130 },
  { id: "regulations", title: "Regulations", part: "data", ...by, width: 160 },
  { id: "retention_days", title: "Retention, days", part: "data", numeric: true, width: 125 },
  {
    id: "key",
    title: "Key of its own",
    part: "data",
    usual: true,
    facet: true,
    presence: true,
    width: 145,
  },
  {
    id: "encryption_required",
    title: "Encryption required",
    part: "data",
    ...by,
    absent: "not said",
    width: 175,
  },
  {
    id: "private_network",
    title: "Private network",
    part: "data",
    ...by,
    absent: UNKNOWN,
    width: 130,
  },
  { id: "secrets", title: "Secrets", part: "data", width: 160 },
  { id: "data", title: "Data", part: "data", width: 220 },
  { id: "alerts", title: "Alerts", part: "runs", facet: true, presence: true, width: 140 },
  { id: "cloud", title: "Cloud", part: "place", usual: true, ...by, width: 90 },
  { id: "account", title: "Account", part: "place", ...by, width: 160 },
  { id: "region", title: "Region", part: "place", ...by, width: 120 },
  { id: "runtime", title: "Runtime", part: "runs", usual: true, ...by, width: 140 },
  { id: "size", title: "Size", part: "runs", width: 200 },
  { id: "cpu", title: "vCPU", part: "runs", numeric: true, absent: UNKNOWN, width: 80 },
  {
    id: "memory_gib",
    title: "Memory, GiB",
    part: "runs",
    numeric: true,
    absent: UNKNOWN,
    width: 110,
  },
  { id: "copies", title: "Copies", part: "runs", numeric: true, absent: UNKNOWN, width: 80 },
  { id: "started_by", title: "Started by", part: "runs", ...by, width: 120 },
  { id: "schedule", title: "Schedule", part: "runs", usual: true, width: 120 },
  { id: "timezone", title: "Time zone", part: "runs", ...by, width: 130 },
  {
    id: "runs_a_month",
    title: "Runs a month",
    part: "runs",
    ...many,
    absent: UNKNOWN,
    usual: true,
    width: 130,
  },
  {
    id: "timeout_seconds",
    title: "Timeout, s",
    part: "runs",
    numeric: true,
    absent: "no limit",
    width: 100,
  },
  { id: "max_retries", title: "Retries", part: "runs", numeric: true, absent: UNKNOWN, width: 85 },
  {
    id: "vcpu_hours_a_month",
    title: "vCPU-hours at most",
    part: "runs",
    ...many,
    absent: NO_BOUND,
    usual: true,
    width: 165,
  },
  {
    id: "gib_hours_a_month",
    title: "GiB-hours at most",
    part: "runs",
    ...many,
    absent: NO_BOUND,
    usual: true,
    width: 160,
  },
  { id: "image", title: "Image", part: "made", width: 260 },
  { id: "image_tag", title: "Image tag", part: "made", ...by, width: 110 },
  { id: "image_digest", title: "Image digest", part: "made", width: 200 },
  { id: "resources", title: "Resources", part: "made", ...many, absent: UNKNOWN, width: 100 },
  { id: "taggable", title: "Taggable", part: "made", ...many, absent: UNKNOWN, width: 95 },
  { id: "not_taggable", title: "Not taggable", part: "made", ...many, absent: UNKNOWN, width: 110 },
  { id: "module", title: "Module", part: "made", group: true, width: 200 },
  { id: "asset", title: "Asset", part: "data", group: true, width: 220 },
  { id: "state", title: "State", part: "place", width: 380 },
];

export const FACETS = FIELDS.filter((field) => field.facet);
export const GROUPS = FIELDS.filter((field) => field.group);
export const USUAL = FIELDS.filter((field) => field.usual).map((field) => field.id);
export const FIELD = new Map(FIELDS.map((field) => [field.id, field]));

/** Facets that are no field of a root. */
const OTHERS: [string, string][] = [
  ["gap", "Gaps"],
  ["rule", "Kind of gap"],
  ["start", "Starts"],
];
const OTHER = new Map(OTHERS);

/** What can be chosen by; those without buttons are chosen in a chart or the picture. */
export const FACET_IDS = [
  ...FACETS.map((field) => field.id),
  "job",
  "asset",
  "module",
  ...OTHERS.map(([id]) => id),
];

export function title(id: string): string {
  return OTHER.get(id) ?? FIELD.get(id)!.title;
}

/** What a root counts under when its field has no value. No value can be spelt so. */
export const NONE = "";

/** What is said of a field without a value. */
export function absent(id: string): string {
  return FIELD.get(id)?.absent ?? "none";
}

/** Of a module in the repository, a root names the way from its own folder. */
const UPWARDS = /^(\.\.\/)+/;

/** A field's value in one line; nothing where there is none. */
export function cell(row: Row, id: string): string {
  const text = written(row[id]);
  return id === "module" ? text.replace(UPWARDS, "") : text;
}

/** The values that a root counts under, one or more. */
export function values(row: Row, id: string): string[] {
  const value = row[id];
  if (value === null || value === undefined || value === "") return [NONE];
  if (FIELD.get(id)?.presence) return String(value) ? ["yes"] : [NONE];
  if (Array.isArray(value)) return value.length ? value.map(String) : [NONE];
  if (typeof value === "boolean") return [value ? "yes" : "no"];
  return [id === "module" ? String(value).replace(UPWARDS, "") : String(value)];
}

export const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** When runs start: weekday (0 is Monday; null where it does not matter), hour, runs in that hour. */
export type Start = [number | null, number, number];

/** Whose hours are meant: UTC as clocks are in a month, or those of each schedule's time zone. */
export const CLOCKS = ["january", "july", "local"] as const;
export type Clock = (typeof CLOCKS)[number];
export const CLOCK_NAMES: Record<Clock, string> = {
  january: "UTC in January",
  july: "UTC in July",
  local: "Each schedule's own zone",
};

/** The starts of a root by a clock; nothing where its time zone is none that is known. */
export function startsOf(row: Row, by: Clock): Start[] {
  if (by === "local") return (row["starts"] ?? []) as Start[];
  return ((row["starts_utc"] ?? {}) as Partial<Record<Clock, Start[]>>)[by] ?? [];
}

/** A value of the facet `start`: `1-2-july` is Tuesday, 02:00 of UTC in July, `1-2` of any zone. */
export function startAt(day: number, hour: number, by: Clock): string {
  return by === "local" ? `${day}-${hour}` : `${day}-${hour}-${by}`;
}

function startParts(value: string): { day: number; hour: number; by: Clock } | null {
  const [day, hour, by = "local"] = value.split("-");
  if (!/^[0-6]-([01]?[0-9]|2[0-3])(-(january|july))?$/.test(value)) return null;
  return { day: Number(day), hour: Number(hour), by: by as Clock };
}

export function startLabel(value: string): string {
  const at = startParts(value);
  if (!at) return value;
  return `${DAYS[at.day]} ${clock(at.hour)}${at.by === "local" ? "" : ` ${CLOCK_NAMES[at.by]}`}`;
}

export function startsAt(row: Row, value: string): boolean {
  const at = startParts(value);
  if (!at) return false;
  return startsOf(row, at.by).some(
    ([on, hour]) => hour === at.hour && (on === null || on === at.day),
  );
}
