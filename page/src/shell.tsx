/** What stands around every view: its title, the ways to the others, search, and what is chosen. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Prepared } from "./choosing";
import type { Report } from "./data";
import { Charts } from "./charts";
import { Facets, label } from "./facets";
import { FACET_IDS, FIELDS, GROUPS, title, USUAL } from "./fields";
import { Gaps } from "./gaps";
import { Nothing } from "./nothing";
import { Picture } from "./picture";
import { address, type State, toggled, type View } from "./state";
import { Table } from "./table";
import { count, number, shown } from "./text";
import { Root } from "./root";

export interface Props {
  report: Report;
  roots: Prepared[];
  left: Prepared[];
  state: State;
  go: (next: State, replace?: boolean) => void;
}

const TABS: [View, string][] = [
  ["table", "Roots"],
  ["charts", "Charts"],
  ["picture", "Picture"],
  ["gaps", "Gaps"],
];

export function Shell(props: Props) {
  const { state, report, roots, left, go } = props;
  const main = useRef<HTMLElement>(null);
  const wide = useWide();
  const named = TABS.find(([view]) => view === state.view)?.[1];
  useEffect(() => {
    document.title = `${state.view === "root" ? shown(state.root) : named} \u2013 dativo report`;
    if (state.view !== "table") scrollTo(0, 0);
  }, [state.view, state.root]);
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        To the content
      </a>
      <header>
        <p class="brand">
          dativo <span>report</span>
        </p>
        <nav aria-label="Views">
          <ul>
            {TABS.map(([view, name]) => (
              <li key={view}>
                <a
                  href={address({ ...state, view })}
                  aria-current={state.view === view ? "page" : undefined}
                >
                  {name}
                  {view === "gaps" && <span class="count"> {number(report.gaps.length)}</span>}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <Search state={state} go={go} />
        <Theme />
      </header>
      {state.view === "root" ? (
        <main id="main" ref={main} tabIndex={-1} class="alone">
          <Root {...props} />
        </main>
      ) : (
        <div class="sides">
          <details class="side" open={wide}>
            <summary>Choose</summary>
            <Facets roots={roots} state={state} go={go} />
          </details>
          <main id="main" ref={main} tabIndex={-1}>
            <Chosen {...props} />
            {state.view === "table" && <TableView {...props} left={left} />}
            {state.view === "charts" && (left.length ? <Charts {...props} /> : <Nothing />)}
            {state.view === "picture" && <Picture {...props} />}
            {state.view === "gaps" && <Gaps {...props} />}
          </main>
        </div>
      )}
      <Licences />
    </>
  );
}

/** Whether there is room for a column beside the view: as in style.css. */
const WIDE = "(min-width: 861px)";

function useWide(): boolean {
  const [wide, set] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const media = matchMedia(WIDE);
    const read = () => set(media.matches);
    media.addEventListener("change", read);
    return () => media.removeEventListener("change", read);
  }, []);
  return wide;
}

function Licences() {
  return (
    <footer>
      <details>
        <summary>Licences of what this page is made with</summary>
        <pre tabIndex={0}>{document.getElementById("licences")!.textContent}</pre>
      </details>
    </footer>
  );
}

function TableView({ left, state, go }: Props) {
  return (
    <>
      <h1 class="unseen">Roots</h1>
      <div class="tools">
        <label>
          Group by
          <select
            value={state.group}
            onChange={(event) =>
              go({ ...state, group: event.currentTarget.value, open: [] })
            }
          >
            <option value="">nothing</option>
            {GROUPS.map((field) => (
              <option key={field.id} value={field.id}>
                {field.title}
              </option>
            ))}
          </select>
        </label>
        <Columns state={state} go={go} />
      </div>
      <Table roots={left} state={state} go={go} />
    </>
  );
}

function Columns({ state, go }: Pick<Props, "state" | "go">) {
  const change = (id: string) => {
    const next = state.columns.includes(id)
      ? state.columns.filter((each) => each !== id)
      : FIELDS.map((field) => field.id).filter((each) => each === id || state.columns.includes(each));
    if (next.length) go({ ...state, columns: next }, true);
  };
  return (
    <details class="menu">
      <summary>Columns</summary>
      <div>
        <fieldset>
          <legend class="unseen">Columns of the table</legend>
          {FIELDS.map((field) => (
            <label key={field.id}>
              <input
                type="checkbox"
                checked={state.columns.includes(field.id)}
                disabled={field.id === "address"}
                onChange={() => change(field.id)}
              />
              {field.title}
            </label>
          ))}
        </fieldset>
        <button type="button" onClick={() => go({ ...state, columns: USUAL }, true)}>
          As usual
        </button>
      </div>
    </details>
  );
}

function Search({ state, go }: Pick<Props, "state" | "go">) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== "/" || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
  return (
    <form role="search" onSubmit={(event) => event.preventDefault()}>
      <input
        ref={field}
        type="search"
        aria-label="Search in all fields"
        placeholder="Search in all fields ( / )"
        value={state.search}
        onInput={(event) =>
          go(
            { ...state, view: state.view === "root" ? "table" : state.view, search: event.currentTarget.value },
            state.search !== "",
          )
        }
      />
    </form>
  );
}

/** Light or dark: what the system has, until the reader says otherwise. */
function Theme() {
  const [theme, set] = useState(kept());
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  useEffect(() => {
    if (theme) document.documentElement.dataset.theme = theme;
  }, [theme]);
  const change = () => {
    const next = dark ? "light" : "dark";
    try {
      localStorage.setItem("dativo-report-theme", next);
    } catch {
      // A page from disk may not keep anything; then it lasts as long as the page.
    }
    set(next);
  };
  return (
    <button type="button" class="theme" onClick={change}>
      {dark ? "Light" : "Dark"}
      <span class="unseen"> colours</span>
    </button>
  );
}

function kept(): string | null {
  try {
    const theme = localStorage.getItem("dativo-report-theme");
    return theme === "light" || theme === "dark" ? theme : null;
  } catch {
    return null;
  }
}

function sum(left: Prepared[], field: string): number {
  return left.reduce((total, { row }) => total + (Number(row[field]) || 0), 0);
}

function Chosen({ roots, left, state, go }: Props) {
  const chips = FACET_IDS.flatMap((id) =>
    (state.facets[id] ?? []).map((value): [string, string] => [id, value]),
  );
  return (
    <div class="chosen">
      <p role="status">
        <strong>{number(left.length)}</strong> of {count(roots.length, "root")}, at most{" "}
        <strong>{number(sum(left, "vcpu_hours_a_month"))}</strong> vCPU-hours and{" "}
        <strong>{number(sum(left, "gib_hours_a_month"))}</strong> GiB-hours a month
      </p>
      {chips.length > 0 && (
        <ul class="chips" aria-label="Chosen">
          {chips.map(([id, value]) => (
            <li key={`${id}=${value}`}>
              <button type="button" onClick={() => go(toggled(state, id, value))}>
                <span class="unseen">Remove </span>
                {title(id)}: {label(id, value)} <span aria-hidden="true">{"\u00d7"}</span>
              </button>
            </li>
          ))}
          <li>
            <button type="button" class="plain" onClick={() => go({ ...state, facets: {} })}>
              Clear all
            </button>
          </li>
        </ul>
      )}
    </div>
  );
}
