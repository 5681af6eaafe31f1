/** Which roots are left by what is chosen and searched for. */
import type { Report, Row } from "./data";
import { FACETS, FIELDS, NONE, values } from "./fields";
import type { State } from "./state";
import { written } from "./text";

/** The severities of a root's gaps, worst first. */
export const SEVERITIES = ["error", "warning", "note"];

export interface Prepared {
  row: Row;
  /** By facet. */
  values: Map<string, string[]>;
  searched: string;
  /** Of its gaps. */
  severities: string[];
}

/** Every root with what choosing looks at, computed once. */
export function prepared(report: Report): Prepared[] {
  const severities = new Map<string, Set<string>>();
  for (const gap of report.gaps) {
    if (gap.address === null) continue;
    if (!severities.has(gap.address)) severities.set(gap.address, new Set());
    severities.get(gap.address)!.add(gap.severity);
  }
  return report.rows.map((row) => {
    const found = [...(severities.get(row.address) ?? [])];
    const all = new Map<string, string[]>();
    for (const { id } of FACETS) all.set(id, values(row, id));
    for (const id of ["job", "asset", "module"]) all.set(id, values(row, id));
    all.set("gap", found.length ? found : [NONE]);
    return {
      row,
      values: all,
      severities: found,
      searched: FIELDS.map(({ id }) => written(row[id]))
        .join("\n")
        .toLowerCase(),
    };
  });
}

/** The roots that are left; `except` is a facet that does not count. */
export function chosen(roots: Prepared[], state: State, except?: string): Prepared[] {
  const words = state.search.toLowerCase().split(/\s+/).filter(Boolean);
  const facets = Object.entries(state.facets).filter(([id]) => id !== except);
  return roots.filter(
    (root) =>
      words.every((word) => root.searched.includes(word)) &&
      facets.every(([id, wanted]) => {
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
