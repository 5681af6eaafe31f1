/** What can be chosen by, as buttons with the number of roots that each would leave. */
import { useState } from "preact/hooks";
import { chosen, counted, SEVERITIES, type Prepared } from "./choosing";
import { absent, FACETS, FIELD, NONE, startLabel, title } from "./fields";
import { type State, toggled } from "./state";
import { count, number, shown } from "./text";

/** Those that people ask by first. */
const ORDER = ["tenant", "classes", "key", "environment", "owner", "cost_center", "cloud"];
const PANEL = [
  ...ORDER.map((id) => FIELD.get(id)!),
  ...FACETS.filter((field) => !ORDER.includes(field.id)),
  { id: "gap" },
  { id: "rule" },
];
const FEW = 5;
/** So many values of one facet can be a button; the others are found by searching. */
const MOST = 200;

interface Props {
  roots: Prepared[];
  state: State;
  go: (next: State) => void;
}

export function label(id: string, value: string): string {
  if (value === NONE) return absent(id);
  return shown(id === "start" ? startLabel(value) : value);
}

export function Facets({ roots, state, go }: Props) {
  const left = chosen(roots, state);
  return (
    <div class="facets">
      {PANEL.map(({ id }) => (
        <Facet
          key={id}
          id={id}
          counts={counted(state.facets[id] ? chosen(roots, state, id) : left, id)}
          state={state}
          go={go}
        />
      ))}
    </div>
  );
}

interface FacetProps {
  id: string;
  counts: [string, number][];
  state: State;
  go: (next: State) => void;
}

function Facet({ id, counts, state, go }: FacetProps) {
  const [all, setAll] = useState(false);
  const picked = state.facets[id] ?? [];
  const ordered =
    id === "gap"
      ? [...counts].sort(([a], [b]) => rank(a) - rank(b))
      : counts;
  // What is chosen stays in sight, even where nothing is left of it.
  const missing = picked.filter((value) => !counts.some(([each]) => each === value));
  const listed = [...ordered, ...missing.map((value): [string, number] => [value, 0])];
  const seen = listed.filter(
    ([value], at) => at < (all ? MOST : FEW) || picked.includes(value) || listed.length === FEW + 1,
  );
  if (listed.length === 0) return null;
  const heading = `facet-${id}`;
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading}>{title(id)}</h3>
      <ul>
        {seen.map(([value, many]) => (
          <li key={value}>
            <button
              type="button"
              aria-pressed={picked.includes(value)}
              title={label(id, value)}
              onClick={() => go(toggled(state, id, value))}
            >
              <span class={value === NONE ? "name nothing" : "name"}>{label(id, value)}</span>
              <span class="count" aria-label={count(many, "root")}>
                {number(many)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {listed.length > FEW + 1 && (
        <button type="button" class="more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${number(listed.length)}`}
          <span class="unseen"> of {title(id)}</span>
        </button>
      )}
      {all && listed.length > MOST && (
        <p class="hint">The {number(MOST)} most frequent. Search finds the others.</p>
      )}
    </section>
  );
}

function rank(severity: string): number {
  const at = SEVERITIES.indexOf(severity);
  return at < 0 ? SEVERITIES.length : at;
}
