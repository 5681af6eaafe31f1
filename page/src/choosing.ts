/** Which roots are left by what is chosen and searched for. */
import type { Report, Row } from "./data";
import { cell, FACETS, FIELDS, NONE, startsAt, values } from "./fields";
import type { State } from "./state";

/** The severities of a root's gaps, worst first. */
export const SEVERITIES = ["error", "warning", "note"];

export interface Prepared {
  row: Row;
  /** By facet. */
  values: Map<string, string[]>;
  /** All that it says, once somebody searches. */
  searched?: string;
}

/** Every root with what choosing looks at, computed once. */
export function prepared(report: Report): Prepared[] {
  const severities = new Map<string, Set<string>>();
  const rules = new Map<string, Set<string>>();
  const note = (found: Map<string, Set<string>>, address: string, what: string) => {
    if (!found.has(address)) found.set(address, new Set());
    found.get(address)!.add(what);
  };
  for (const gap of report.gaps) {
    if (gap.address === null) continue;
    note(severities, gap.address, gap.severity);
    note(rules, gap.address, gap.rule);
  }
  return report.rows.map((row) => {
    const all = new Map<string, string[]>();
    for (const { id } of FACETS) all.set(id, values(row, id));
    for (const id of ["job", "asset", "module"]) all.set(id, values(row, id));
    all.set("gap", [...(severities.get(row.address) ?? [NONE])]);
    all.set("rule", [...(rules.get(row.address) ?? [NONE])]);
    return { row, values: all };
  });
}

function searched(root: Prepared): string {
  root.searched ??= FIELDS.map(({ id }) => cell(root.row, id))
    .join("\n")
    .toLowerCase();
  return root.searched;
}

/** The roots that are left; `except` is a facet that does not count. */
export function chosen(roots: Prepared[], state: State, except?: string): Prepared[] {
  const words = state.search.toLowerCase().split(/\s+/).filter(Boolean);
  const facets = Object.entries(state.facets).filter(([id]) => id !== except);
  return roots.filter(
    (root) =>
      words.every((word) => searched(root).includes(word)) &&
      facets.every(([id, wanted]) => {
        if (id === "start") return wanted.some((value) => startsAt(root.row, value));
        const has = root.values.get(id);
        return has !== undefined && wanted.some((value) => has.includes(value));
      }),
  );
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

export function compared(one: string, other: string): number {
  // Ties of the collator, such as letters that look alike, still have one order.
  return COLLATOR.compare(one, other) || (one < other ? -1 : one > other ? 1 : 0);
}

/** How many roots count under each value, the most first. */
export function counted(roots: Prepared[], id: string): [string, number][] {
  const counts = new Map<string, number>();
  for (const root of roots)
    for (const value of root.values.get(id)!) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || compared(a, b));
}
