/** What costs whom how much, and when runs start. */
import * as Plot from "@observablehq/plot";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Prepared } from "./choosing";
import { label } from "./facets";
import { CLOCK_NAMES, CLOCKS, DAYS, startAt, startsOf, title, type Clock } from "./fields";
import type { Props } from "./shell";
import { address, only } from "./state";
import { clock, count, number } from "./text";

const BY = ["cost_center", "team", "cloud", "classes", "tenant", "owner"];
/** So many bars are read at a glance; the others are in the table below. */
const BARS = 12;
const NAME = 21;
const NAMES = 168;
const NARROW = 440;

interface Line {
  value: string;
  name: string;
  jobs: number;
  hours: number;
  unbound: number;
}

/** What roots come to by the values of a field; a root of several classes counts under each. */
function lines(left: Prepared[], id: string): Line[] {
  const found = new Map<string, Line & { seen: Set<string> }>();
  for (const { row, values } of left)
    for (const value of values.get(id)!) {
      let line = found.get(value);
      if (!line) {
        const name = label(id, value);
        line = { value, name, jobs: 0, hours: 0, unbound: 0, seen: new Set() };
        found.set(value, line);
      }
      line.seen.add(`${row["tenant"]}/${row["job"]}`);
      const hours = row["vcpu_hours_a_month"];
      if (typeof hours === "number") line.hours += hours;
      else line.unbound += 1;
    }
  return [...found.values()]
    .map(({ seen, ...line }) => ({ ...line, jobs: seen.size }))
    .sort((a, b) => b.hours - a.hours || b.jobs - a.jobs || (a.name < b.name ? -1 : 1));
}

export function Charts(props: Props) {
  return (
    <>
      <h1 class="unseen">Charts</h1>
      <Calendar {...props} />
      <div class="cards">
        {BY.map((id) => (
          <Bars key={id} id={id} {...props} />
        ))}
      </div>
    </>
  );
}

/** How wide an element is. */
function useWidth(): [{ current: HTMLDivElement | null }, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, set] = useState(0);
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => set(Math.floor(entry!.contentRect.width)));
    seen.observe(element.current!);
    return () => seen.disconnect();
  }, []);
  return [element, width];
}

/** A drawing of Plot, which a screen reader is told in words. */
function Drawing({ draw, words }: { draw: (width: number) => Element; words: string }) {
  const [element, width] = useWidth();
  useEffect(() => {
    if (!width) return;
    const drawn = draw(width);
    // Groups have no role that a name would be read for.
    drawn.querySelectorAll("[aria-label]").forEach((part) => part.removeAttribute("aria-label"));
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", words);
    element.current!.replaceChildren(drawn);
  }, [draw, width, words]);
  return <div class="drawing" ref={element} />;
}

function short(name: string): string {
  return name.length > NAME ? `${name.slice(0, NAME - 1)}\u2026` : name;
}

function Bars({ id, left, state, go }: Props & { id: string }) {
  const all = useMemo(() => lines(left, id), [left, id]);
  const shownLines = all.slice(0, BARS);
  const heading = `chart-${id}`;
  const draw = useMemo(
    () => (width: number) => {
      // Where there is no room for one beside the other, one is below the other.
      const stacked = width < NARROW;
      const options = (field: "jobs" | "hours", first: boolean) => ({
        className: "plot",
        width: stacked ? width : Math.floor(width * (first ? 0.58 : 0.42)),
        height: 34 + shownLines.length * 24,
        marginLeft: first || stacked ? NAMES : 8,
        marginRight: 52,
        marginTop: 26,
        marginBottom: 8,
        style: { fontSize: "12px" },
        x: { axis: null, domain: [0, Math.max(...shownLines.map((line) => line[field]), 1)] },
        y: { axis: null, label: null, domain: shownLines.map((line) => line.value), padding: 0.25 },
        marks: [
          first || stacked
            ? Plot.axisY({ tickSize: 0, tickFormat: (_: string, at: number) => short(shownLines[at]!.name) })
            : null,
          Plot.barX(shownLines, {
            x: field,
            y: "value",
            fill: first ? "var(--second)" : "var(--bar)",
            rx: 2,
          }),
          Plot.text(shownLines, {
            x: field,
            y: "value",
            text: (line: Line) => (line[field] || !line.unbound ? number(line[field]) : "no bound"),
            textAnchor: "start",
            dx: 5,
          }),
          Plot.text([first ? "Jobs" : "vCPU-hours a month, at most"], {
            frameAnchor: "top-left",
            dx: stacked ? -NAMES : 0,
            dy: -22,
            fill: "var(--muted)",
          }),
        ],
      });
      const both = document.createElement("div");
      both.className = stacked ? "below" : "beside";
      both.append(
        Plot.plot(options("jobs", true) as Plot.PlotOptions),
        Plot.plot(options("hours", false) as Plot.PlotOptions),
      );
      both.querySelectorAll("svg").forEach((svg) => svg.setAttribute("aria-hidden", "true"));
      both.addEventListener("click", (event) => {
        const bar = (event.target as Element).closest("rect");
        const at = bar ? [...bar.parentElement!.children].indexOf(bar) : -1;
        const line = shownLines[at];
        if (line) go(only(state, id, line.value));
      });
      return both;
    },
    [shownLines, state],
  );
  if (!left.length) return null;
  return (
    <section class="card" aria-labelledby={heading}>
      <h2 id={heading}>By {title(id).toLowerCase()}</h2>
      <Drawing
        draw={draw}
        words={`${title(id)}: ${shownLines
          .map((line) => `${line.name} ${count(line.jobs, "job")}, ${number(line.hours)} vCPU-hours`)
          .join("; ")}`}
      />
      <details>
        <summary>
          {all.length > BARS ? `All ${number(all.length)} as a table` : "As a table"}
          <span class="unseen">, by {title(id).toLowerCase()}</span>
        </summary>
        <table class="lines">
          <thead>
            <tr>
              <th scope="col">{title(id)}</th>
              <th scope="col" class="number">
                Jobs
              </th>
              <th scope="col" class="number">
                vCPU-hours at most
              </th>
              <th scope="col" class="number">
                Roots without a bound
              </th>
            </tr>
          </thead>
          <tbody>
            {all.slice(0, 500).map((line) => (
              <tr key={line.value}>
                <th scope="row">
                  <a href={address(only(state, id, line.value))}>{line.name}</a>
                </th>
                <td class="number">{number(line.jobs)}</td>
                <td class="number">{number(line.hours)}</td>
                <td class="number">{number(line.unbound)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

interface Slot {
  day: number;
  hour: number;
  runs: number;
  roots: number;
}

/** A week of hours, with the runs that start in each. */
function week(left: Prepared[], by: Clock): { slots: Slot[]; timed: number } {
  const slots: Slot[] = [];
  for (let day = 0; day < 7; day++)
    for (let hour = 0; hour < 24; hour++) slots.push({ day, hour, runs: 0, roots: 0 });
  let timed = 0;
  for (const { row } of left) {
    const starts = startsOf(row, by);
    if (starts.length) timed += 1;
    for (const [on, hour, runs] of starts)
      for (let day = 0; day < 7; day++)
        if (on === null || on === day) {
          const slot = slots[day * 24 + hour];
          if (!slot) continue;
          slot.runs += runs;
          slot.roots += 1;
        }
  }
  return { slots, timed };
}

/** How strong a colour is for a share of the most; between the halves no text could be read on it. */
function strength(share: number): number {
  if (!share) return 0;
  return share <= 0.5 ? 0.08 + 0.64 * share : 0.76 + 0.48 * (share - 0.5);
}

function Calendar({ left, state, go }: Props) {
  const by = state.clock;
  const { slots, timed } = useMemo(() => week(left, by), [left, by]);
  const most = Math.max(...slots.map((slot) => slot.runs));
  const peaks = slots.filter((slot) => slot.runs === most);
  const words = peaks.length === 168 ? "at every hour alike" : peakWords(peaks);
  const draw = useMemo(
    () => (width: number) => {
      // On a narrow screen the days stand side by side, so that the numbers can be read.
      const narrow = width < NARROW;
      const at = narrow ? { x: "day", y: "hour" } : { x: "hour", y: "day" };
      const hours = { domain: [...Array(24).keys()], tickFormat: (hour: number) => String(hour).padStart(2, "0"), tickSize: 0, label: null };
      const days = { domain: [...Array(7).keys()], tickFormat: (day: number) => DAYS[day]!.slice(0, narrow ? 3 : 9), tickSize: 0, label: null };
      return Plot.plot({
        className: "plot",
        width,
        height: narrow ? 24 * 22 + 34 : 250,
        marginLeft: narrow ? 26 : 82,
        marginRight: 4,
        marginTop: 8,
        marginBottom: 26,
        style: { fontSize: "12px" },
        x: narrow ? days : hours,
        y: narrow ? hours : days,
        opacity: { type: "identity" },
        marks: [
          Plot.cell(slots, { ...at, fill: "var(--raised)", inset: 1, rx: 2 }),
          Plot.cell(slots, {
            ...at,
            fill: "var(--heat)",
            fillOpacity: (slot: Slot) => strength(slot.runs / most),
            inset: 1,
            rx: 2,
          }),
          Plot.text(slots, {
            ...at,
            text: (slot: Slot) => (slot.runs ? number(slot.runs) : ""),
            fill: (slot: Slot) => (slot.runs > most / 2 ? "var(--on-heat)" : "var(--text)"),
            fontVariant: "tabular-nums",
          }),
        ],
      } as Plot.PlotOptions);
    },
    [slots],
  );
  const drawn = useMemo(
    () => (width: number) => {
      const svg = draw(width);
      svg.addEventListener("click", (event) => {
        const cell = (event.target as Element).closest("rect");
        const at = cell ? [...cell.parentElement!.children].indexOf(cell) : -1;
        const slot = slots[at];
        if (slot?.roots) go(only(state, "start", startAt(slot.day, slot.hour, by)));
      });
      return svg;
    },
    [draw, state],
  );
  return (
    <section class="card" aria-labelledby="calendar">
      <h2 id="calendar">When runs start</h2>
      <fieldset class="clocks">
        <legend class="unseen">Hours</legend>
        {CLOCKS.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="clock"
              checked={each === by}
              onChange={() => go({ ...state, clock: each }, true)}
            />{" "}
            {CLOCK_NAMES[each]}
          </label>
        ))}
      </fieldset>
      {timed ? (
        <>
          <p class="hint">
            Runs that start within the hour, at most,{" "}
            {by === "local"
              ? "each in its schedule's own time zone: hours of different zones are not the same."
              : "whatever the time zone of the schedule."}{" "}
            {peaks.length < 168 && (
              <>
                Most are <strong>{number(most)}</strong>, {words}.{" "}
              </>
            )}
            {left.length > timed && `${count(left.length - timed, "root")} start otherwise.`}
          </p>
          <Drawing
            draw={drawn}
            words={`Runs by weekday and hour; most start ${words}: ${number(most)}`}
          />
          <details>
            <summary>As a table<span class="unseen">, by weekday and hour</span></summary>
            <div class="wide" tabIndex={0} role="region" aria-label="Runs by hour and weekday">
              <table class="lines">
                <thead>
                  <tr>
                    <th scope="col">Hour</th>
                    {DAYS.map((day) => (
                      <th key={day} scope="col" class="number">
                        {day}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {[...Array(24).keys()].map((hour) => (
                    <tr key={hour}>
                      <th scope="row">{clock(hour)}</th>
                      {DAYS.map((day, on) => {
                        const slot = slots[on * 24 + hour]!;
                        return (
                          <td key={day} class="number">
                            {slot.roots ? (
                              <a href={address(only(state, "start", startAt(on, hour, by)))}>
                                {number(slot.runs)}
                              </a>
                            ) : (
                              "0"
                            )}
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        </>
      ) : (
        <p class="empty">No schedule of these roots says when a run starts.</p>
      )}
    </section>
  );
}

/** `daily at 02:00`, or the days of the first of several hours. */
function peakWords(peaks: Slot[]): string {
  const hour = peaks[0]!.hour;
  const days = peaks.filter((slot) => slot.hour === hour).map((slot) => slot.day);
  const others = peaks.length - days.length;
  const [first, last] = [days[0]!, days[days.length - 1]!];
  const inARow = days.length > 2 && last - first === days.length - 1;
  const named = inARow ? `${DAYS[first]} to ${DAYS[last]}` : days.map((day) => DAYS[day]).join(", ");
  const when = days.length === 7 ? "every day" : named;
  return `${when} at ${clock(hour)}${others ? ` and at ${count(others, "other hour")}` : ""}`;
}
