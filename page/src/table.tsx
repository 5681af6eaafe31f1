/** The roots as a table: sorted, grouped, and only as many rows in the document as are seen. */
import {
  aggregationFn_sum,
  columnGroupingFeature,
  constructTable,
  createExpandedRowModel,
  createGroupedRowModel,
  createSortedRowModel,
  rowAggregationFeature,
  rowExpandingFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/table-core";
import { storeReactivityBindings } from "@tanstack/table-core/store-reactivity-bindings";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { compared, type Prepared } from "./choosing";
import { absent, cell, FIELD, FIELDS, values, type Field } from "./fields";
import { Nothing } from "./nothing";
import { type State, address } from "./state";
import { count, shown, written } from "./text";
import { useReach, useVisible } from "./visible";

const features = tableFeatures({
  coreReactivityFeature: storeReactivityBindings(),
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnGroupingFeature,
  groupedRowModel: createGroupedRowModel(),
  rowExpandingFeature,
  expandedRowModel: createExpandedRowModel(),
  rowAggregationFeature,
  aggregationFns: { sum: aggregationFn_sum },
});

/** What a cell sorts and groups by; without a value it comes last, whichever way. */
function accessed(root: Prepared, field: Field): string | number | undefined {
  const value = root.row[field.id];
  if (value === null || value === undefined) return undefined;
  if (typeof value === "number") return value;
  return (field.presence ? cell(root.row, field.id) : values(root.row, field.id).join(", ")) || undefined;
}

const columns = FIELDS.map((field) => ({
  id: field.id,
  accessorFn: (root: Prepared) => accessed(root, field),
  getGroupingValue: (root: Prepared) => accessed(root, field) ?? "",
  sortUndefined: "last" as const,
  sortFn: (one: any, other: any, id: string) => {
    const a = one.getValue(id);
    const b = other.getValue(id);
    return typeof a === "number" && typeof b === "number" ? a - b : compared(String(a), String(b));
  },
  ...(field.summed ? { aggregationFn: "sum" as const } : {}),
}));

/** The order of rows and groups, as the table library has it. */
function useRows(roots: Prepared[], state: State): any[] {
  const table = useMemo(
    () =>
      constructTable({
        features,
        columns: columns as any,
        data: roots,
        getRowId: (root: Prepared) => root.row.address,
        autoResetExpanded: false,
        enableSortingRemoval: true,
      } as any) as any,
    [],
  );
  return useMemo(() => {
    table.setOptions((before: any) => ({
      ...before,
      data: roots,
      state: {
        // Groups that nobody sorted stand in the order of their names.
        sorting: state.sort.length || !state.group ? state.sort : [{ id: state.group, desc: false }],
        grouping: state.group ? [state.group] : [],
        expanded: Object.fromEntries(state.open.map((id) => [`${state.group}:${id}`, true])),
      },
    }));
    return table.getRowModel().rows;
  }, [roots, state.sort, state.group, state.open]);
}

interface Props {
  roots: Prepared[];
  state: State;
  go: (next: State, replace?: boolean) => void;
}

export function Table({ roots, state, go }: Props) {
  const rows = useRows(roots, state);
  const scroller = useRef<HTMLDivElement>(null);
  const { virtual, first, last, before, after } = useVisible(rows.length, scroller);
  const reach = useReach(scroller, virtual);
  const fields = state.columns.map((id) => FIELD.get(id)!);
  const width = fields.reduce((total, field) => total + field.width, 0);
  useEffect(() => {
    scroller.current?.scrollTo(0, 0);
  }, [roots, state.sort, state.group]);

  if (!roots.length)
    return <Nothing />;

  /** Up and down go from row to row, also to rows that are not in the document yet. */
  const moved = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 }[event.key];
    const from = reach.from(event.target as HTMLElement);
    if (!step || from === undefined) return;
    event.preventDefault();
    reach.to(Math.max(0, Math.min(rows.length - 1, from + step)));
  };

  return (
    <div
      class="scroller"
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label="Table of roots"
      onKeyDown={moved}
      onFocusIn={reach.moved}
      onFocusOut={reach.left}
    >
      <table aria-rowcount={rows.length + 1} style={{ width: `${width}px` }}>
        <caption class="unseen">
          {count(roots.length, "root")}; a heading sorts by its column
        </caption>
        <colgroup>
          {fields.map((field) => (
            <col key={field.id} style={{ width: `${field.width}px` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {fields.map((field) => (
              <Heading key={field.id} field={field} state={state} go={go} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Room height={before} />
          {rows.slice(first, last).map((row, at) => (
            <tr
              key={row.id}
              data-index={first + at}
              aria-rowindex={first + at + 2}
              class={row.getIsGrouped() ? "group" : undefined}
            >
              {fields.map((field, place) =>
                row.getIsGrouped() ? (
                  <Grouped key={field.id} {...{ row, field, place, state, go }} />
                ) : (
                  <Plain key={field.id} {...{ row, field, place, state, go }} />
                ),
              )}
            </tr>
          ))}
          <Room height={after} />
        </tbody>
      </table>
    </div>
  );
}

function Room({ height }: { height: number }) {
  return height > 0 ? (
    <tr class="room" aria-hidden="true">
      <td style={{ height: `${height}px` }} />
    </tr>
  ) : null;
}

function Heading({ field, state, go }: { field: Field } & Omit<Props, "roots">) {
  const sorted = state.sort.find(({ id }) => id === field.id);
  const next = () => {
    // Numbers are looked at from the largest, words from A.
    const start = { id: field.id, desc: !!field.numeric };
    if (!sorted) return [start];
    return sorted.desc === start.desc ? [{ id: field.id, desc: !start.desc }] : [];
  };
  return (
    <th
      scope="col"
      class={field.numeric ? "number" : undefined}
      aria-sort={sorted ? (sorted.desc ? "descending" : "ascending") : undefined}
    >
      <button type="button" onClick={() => go({ ...state, sort: next() })}>
        {field.title}
        <span class="arrow" aria-hidden="true">
          {sorted ? (sorted.desc ? "\u2193" : "\u2191") : "\u2195"}
        </span>
      </button>
    </th>
  );
}

interface CellProps {
  row: any;
  field: Field;
  place: number;
  state: State;
  go: Props["go"];
}

function Grouped({ row, field, place, state, go }: CellProps) {
  if (place === 0) {
    const name = String(row.groupingValue ?? "");
    const open = row.getIsExpanded();
    const next = open ? state.open.filter((each) => each !== name) : [...state.open, name];
    return (
      <th scope="row">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => go({ ...state, open: next }, true)}
        >
          <span class="arrow" aria-hidden="true">
            {open ? "\u25be" : "\u25b8"}
          </span>
          {name ? shown(name) : absent(state.group)} <span class="count">{row.subRows.length}</span>
        </button>
      </th>
    );
  }
  return (
    <td class={field.numeric ? "number" : undefined}>
      {field.summed ? written(row.getValue(field.id)) : ""}
    </td>
  );
}

function Plain({ row, field, place, state }: CellProps) {
  const root: Prepared = row.original;
  const value = root.row[field.id];
  const text = cell(root.row, field.id);
  if (place === 0)
    return (
      <th scope="row" title={text}>
        <a href={address({ ...state, view: "root", root: root.row.address })}>
          {text || shown(root.row.address)}
        </a>
      </th>
    );
  if (value === null || value === undefined || text === "")
    return (
      <td class={field.numeric ? "number" : undefined}>
        <span class="nothing">{absent(field.id)}</span>
      </td>
    );
  return (
    <td class={field.numeric ? "number" : undefined} title={text}>
      {text}
    </td>
  );
}
