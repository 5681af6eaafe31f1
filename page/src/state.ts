/** What is looked at, all of it in the address behind #: whoever gets the address sees the same. */
import { useEffect, useState } from "preact/hooks";
import { CLOCKS, FACET_IDS, FIELD, USUAL, type Clock } from "./fields";

export const VIEWS = ["table", "charts", "picture", "gaps", "root"] as const;
export type View = (typeof VIEWS)[number];

export interface State {
  view: View;
  /** The root that `view: root` shows. */
  root: string;
  /** The values chosen of each facet; NONE is what has no value. */
  facets: { [id: string]: string[] };
  search: string;
  sort: { id: string; desc: boolean }[];
  group: string;
  /** Groups that are open. */
  open: string[];
  columns: string[];
  /** Whose hours the calendar of starts has. */
  clock: Clock;
}

export const START: State = {
  view: "table",
  root: "",
  facets: {},
  search: "",
  sort: [],
  group: "",
  open: [],
  columns: USUAL,
  clock: CLOCKS[0],
};

/** What an address means; whatever it does not know, it leaves out. */
export function parsed(hash: string): State {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const facets: State["facets"] = {};
  for (const id of FACET_IDS) if (given.has(id)) facets[id] = given.getAll(id);
  const view = given.get("view") as View;
  const columns = given.getAll("column").filter((id) => FIELD.has(id));
  return {
    view: VIEWS.includes(view) ? view : "table",
    root: given.get("root") ?? "",
    facets,
    search: given.get("search") ?? "",
    sort: given
      .getAll("sort")
      .map((text) => ({ id: text.replace(/^-/, ""), desc: text.startsWith("-") }))
      .filter(({ id }) => FIELD.has(id)),
    group: FIELD.get(given.get("group") ?? "")?.group ? given.get("group")! : "",
    open: given.getAll("open"),
    columns: columns.length ? columns : USUAL,
    clock: CLOCKS.find((by) => by === given.get("clock")) ?? CLOCKS[0],
  };
}

/** The address of a state: the shortest, and always the same. */
export function address(state: State): string {
  const told = new URLSearchParams();
  if (state.view !== "table") told.set("view", state.view);
  if (state.view === "root") told.set("root", state.root);
  for (const id of FACET_IDS) for (const value of state.facets[id] ?? []) told.append(id, value);
  if (state.search) told.set("search", state.search);
  for (const { id, desc } of state.sort) told.append("sort", (desc ? "-" : "") + id);
  if (state.group) told.set("group", state.group);
  for (const each of state.open) told.append("open", each);
  if (String(state.columns) !== String(USUAL))
    for (const each of state.columns) told.append("column", each);
  if (state.clock !== CLOCKS[0]) told.set("clock", state.clock);
  return "#" + told.toString();
}

/** State with a value of a facet chosen, or no longer chosen. */
export function toggled(state: State, id: string, value: string): State {
  const now = state.facets[id] ?? [];
  const next = now.includes(value) ? now.filter((each) => each !== value) : [...now, value];
  const { [id]: _, ...others } = state.facets;
  return { ...state, facets: next.length ? { ...others, [id]: next } : others };
}

/** State with one value of a facet chosen and no other, in the table. */
export function only(state: State, id: string, value: string): State {
  return { ...state, view: "table", facets: { ...state.facets, [id]: [value] } };
}

/**
 * The state and how it changes. `replace` keeps the way back short: typing a word is one step.
 */
export function useAddress(): [State, (next: State, replace?: boolean) => void] {
  const [state, set] = useState(() => parsed(location.hash));
  useEffect(() => {
    const read = () => set(parsed(location.hash));
    addEventListener("hashchange", read);
    addEventListener("popstate", read);
    return () => {
      removeEventListener("hashchange", read);
      removeEventListener("popstate", read);
    };
  }, []);
  const go = (next: State, replace = false) => {
    const to = address(next);
    if (to !== location.hash)
      history[replace ? "replaceState" : "pushState"](null, "", to);
    set(next);
  };
  return [state, go];
}
