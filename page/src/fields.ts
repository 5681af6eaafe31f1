/** The fields of a row: what they are called, which stand in the table, and which can be chosen by. */
import type { Row } from "./data";

export interface Field {
  id: string;
  title: string;
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

export const FIELDS: Field[] = [
  { id: "address", title: "Root", usual: true, width: 270 },
  { id: "tenant", title: "Tenant", facet: true, group: true, width: 110 },
  { id: "job", title: "Job", group: true, width: 190 },
  { id: "environment", title: "Environment", facet: true, group: true, width: 120 },
  { id: "owner", title: "Owner", usual: true, facet: true, group: true, width: 200 },
  { id: "team", title: "Team", facet: true, group: true, width: 150 },
  { id: "cost_center", title: "Cost centre", usual: true, facet: true, group: true, width: 105 },
  { id: "business_unit", title: "Business unit", facet: true, group: true, width: 140 },
  { id: "classes", title: "Class", usual: true, facet: true, group: true, width: 130 },
  { id: "regulations", title: "Regulations", facet: true, group: true, width: 150 },
  { id: "retention_days", title: "Retention, days", numeric: true, width: 120 },
  { id: "key", title: "Key of its own", usual: true, facet: true, presence: true, width: 125 },
  {
    id: "private_network",
    title: "Private network",
    facet: true,
    group: true,
    absent: UNKNOWN,
    width: 130,
  },
  { id: "secrets", title: "Secrets", width: 120 },
  { id: "alerts", title: "Alerts", facet: true, presence: true, width: 140 },
  { id: "cloud", title: "Cloud", usual: true, facet: true, group: true, width: 75 },
  { id: "account", title: "Account", facet: true, group: true, width: 160 },
  { id: "region", title: "Region", facet: true, group: true, width: 120 },
  { id: "runtime", title: "Runtime", usual: true, facet: true, group: true, width: 140 },
  { id: "cpu", title: "vCPU", numeric: true, width: 80 },
  { id: "memory_gib", title: "Memory, GiB", numeric: true, width: 110 },
  { id: "copies", title: "Copies", numeric: true, width: 80 },
  { id: "schedule", title: "Schedule", usual: true, width: 120 },
  { id: "timezone", title: "Time zone", group: true, width: 130 },
  { id: "runs_a_month", title: "Runs a month", numeric: true, summed: true, usual: true, width: 115 },
  { id: "timeout_seconds", title: "Timeout, s", numeric: true, width: 100 },
  {
    id: "vcpu_hours_a_month",
    title: "vCPU-hours at most",
    numeric: true,
    summed: true,
    usual: true,
    width: 145,
  },
  {
    id: "gib_hours_a_month",
    title: "GiB-hours at most",
    numeric: true,
    summed: true,
    usual: true,
    width: 140,
  },
  { id: "image", title: "Image", width: 240 },
  { id: "image_tag", title: "Image tag", facet: true, group: true, width: 110 },
  { id: "resources", title: "Resources", numeric: true, summed: true, width: 100 },
  { id: "taggable", title: "Taggable", numeric: true, summed: true, width: 95 },
  { id: "not_taggable", title: "Not taggable", numeric: true, summed: true, width: 110 },
  { id: "asset", title: "Asset", group: true, width: 240 },
  { id: "module", title: "Module", group: true, width: 180 },
  { id: "state", title: "State", width: 340 },
];

export const FACETS = FIELDS.filter((field) => field.facet);
export const GROUPS = FIELDS.filter((field) => field.group);
export const USUAL = FIELDS.filter((field) => field.usual).map((field) => field.id);
export const FIELD = new Map(FIELDS.map((field) => [field.id, field]));

/** Facets that have no buttons: a chart or the picture chooses by them. */
const HIDDEN_FACETS = ["job", "asset", "module", "gap"];
export const FACET_IDS = [...FACETS.map((field) => field.id), ...HIDDEN_FACETS];

/** What a root counts under when its field has no value. No value can be spelt so. */
export const NONE = "";

/** What is said of a field without a value. */
export function absent(id: string): string {
  return FIELD.get(id)?.absent ?? "none";
}

/** The values that a root counts under, one or more. */
export function values(row: Row, id: string): string[] {
  const value = row[id];
  if (value === null || value === undefined || value === "") return [NONE];
  if (FIELD.get(id)?.presence) return String(value) ? ["yes"] : [NONE];
  if (Array.isArray(value)) return value.length ? value.map(String) : [NONE];
  if (typeof value === "boolean") return [value ? "yes" : "no"];
  return [String(value)];
}
