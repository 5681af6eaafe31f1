/** What is missing or doubtful, with the line where it is put right. */
import { useMemo, useState } from "preact/hooks";
import { SEVERITIES } from "./choosing";
import type { Gap } from "./data";
import { Where } from "./links";
import type { Props } from "./shell";
import { address } from "./state";
import { count, number, shown } from "./text";

const STEP = 200;

/** The gaps of the roots that are left, and if nothing else is chosen by, those of no root. */
export function gapsLeft({ report, left, state }: Pick<Props, "report" | "left" | "state">): Gap[] {
  const addresses = new Set(left.map(({ row }) => row.address));
  const { gap: severities, rule: rules, ...others } = state.facets;
  const all = !state.search && !Object.keys(others).length;
  return report.gaps.filter(
    (gap) =>
      (gap.address === null ? all : addresses.has(gap.address)) &&
      (!severities || severities.includes(gap.severity)) &&
      (!rules || rules.includes(gap.rule)),
  );
}

export function Gaps(props: Props) {
  const { report, left, state } = props;
  const gaps = useMemo(() => gapsLeft(props), [report, left, state]);
  const [many, setMany] = useState(STEP);
  const known = new Set(report.rows.map((row) => row.address));
  const sums = SEVERITIES.map((each) => [each, gaps.filter((gap) => gap.severity === each).length] as const);
  return (
    <section aria-labelledby="gaps">
      <h1 id="gaps">{count(gaps.length, "gap")}</h1>
      <p class="sums">
        {sums.map(([each, found]) =>
          found ? (
            <span key={each}>
              <span class={`severity ${each}`}>{each}</span> {number(found)}
            </span>
          ) : null,
        )}
      </p>
      {gaps.length ? (
        <div class="wide" tabIndex={0} role="region" aria-label="Table of gaps">
          <table class="tags found">
            <thead>
              <tr>
                <th scope="col">Severity</th>
                <th scope="col">What</th>
                <th scope="col">Root</th>
                <th scope="col">Where to put it right</th>
              </tr>
            </thead>
            <tbody>
              {gaps.slice(0, many).map((gap, at) => (
                <tr key={at}>
                  <td>
                    <Severity severity={gap.severity} />
                  </td>
                  <th scope="row">
                    {shown(gap.message)}
                    <div class="rule">{shown(gap.rule)}</div>
                  </th>
                  <td>
                    {gap.address !== null &&
                      (known.has(gap.address) ? (
                        <a href={address({ ...state, view: "root", root: gap.address })}>
                          {shown(gap.address)}
                        </a>
                      ) : (
                        shown(gap.address)
                      ))}
                  </td>
                  <td>
                    <Where links={report.links} file={gap.file} line={gap.line} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p class="empty">
          <strong>No gap is left.</strong>{" "}
          {report.gaps.length ? "Those of other roots are not shown." : "Nothing lacks anything that the report looks for."}
        </p>
      )}
      {gaps.length > many && (
        <p>
          <button type="button" class="theme" onClick={() => setMany(many + STEP)}>
            {number(Math.min(STEP, gaps.length - many))} more of {number(gaps.length)}
          </button>
        </p>
      )}
    </section>
  );
}

export function Severity({ severity }: { severity: string }) {
  const known = SEVERITIES.includes(severity) ? severity : "";
  return <span class={`severity ${known}`}>{shown(severity)}</span>;
}
