/** One root: all that is known of it, its gaps, its tags and where each came from. */
import { Fragment } from "preact";
import { absent, cell, FIELD, FIELDS, PARTS, type Field } from "./fields";
import type { Report, Row, Tag } from "./data";
import { Severity } from "./gaps";
import { At, Where } from "./links";
import type { Props } from "./shell";
import { address, only, type State } from "./state";
import { count, shown, written } from "./text";

/** What is shown in other ways, or says of another field why it has no value, or no larger one. */
const ELSEWHERE = new Set(["tags", "where", "starts", "starts_utc", "hours_capped", "hours_unknown"]);

export function Root({ report, state }: Props) {
  const row = report.rows.find((each) => each.address === state.root);
  const back = address({ ...state, view: "table" });
  if (!row)
    return (
      <p class="empty">
        <strong>There is no root {shown(state.root)}.</strong> <a href={back}>To all roots</a>
      </p>
    );
  const more = Object.keys(row).filter((id) => !FIELD.has(id) && !ELSEWHERE.has(id));
  return (
    <article>
      <p>
        <a href={back}>{"\u2190"} All roots</a>
      </p>
      <div>
        <h1>{shown(row.address)}</h1>
        <Way row={row} state={state} />
      </div>
      <Gaps report={report} row={row} />
      {PARTS.map(([part, words]) => (
        <section key={part} aria-labelledby={`part-${part}`}>
          <h2 id={`part-${part}`}>{words}</h2>
          <dl>
            {FIELDS.filter((field) => field.part === part).map((field) => (
              <Fact key={field.id} {...{ field, row, links: report.links }} />
            ))}
          </dl>
        </section>
      ))}
      <Tags tags={row.tags ?? []} links={report.links} />
      {more.length > 0 && (
        <section aria-labelledby="part-more">
          <h2 id="part-more">More</h2>
          <dl>
            {more.map((id) => (
              <div key={id}>
                <dt>{shown(id.replaceAll("_", " "))}</dt>
                <dd class={written(row[id]) ? undefined : "nothing"}>{written(row[id]) || "none"}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </article>
  );
}

/** From its asset to its cloud; each step leads to all roots that share it. */
function Way({ row, state }: { row: Row; state: State }) {
  const start = { ...state, facets: {}, search: "" };
  const steps = ["asset", "job", "address", "module", "cloud"].filter((id) => cell(row, id));
  return (
    <ol class="way" aria-label="From asset to cloud">
      {steps.map((id) => (
        <li key={id}>
          <span class="step">{FIELD.get(id)!.title}</span>{" "}
          {id === "address" ? (
            <strong>{cell(row, id)}</strong>
          ) : (
            <a href={address(only(start, id, id === "module" ? cell(row, id) : String(row[id])))}>
              {cell(row, id)}
            </a>
          )}
        </li>
      ))}
    </ol>
  );
}

function Gaps({ report, row }: { report: Report; row: Row }) {
  const gaps = report.gaps.filter((gap) => gap.address === row.address);
  if (!gaps.length) return null;
  return (
    <section aria-labelledby="its-gaps">
      <h2 id="its-gaps">{count(gaps.length, "gap")}</h2>
      <ul class="gaps">
        {gaps.map((gap, at) => (
          <li key={at}>
            <Severity severity={gap.severity} />
            <span>{shown(gap.message)}</span>
            <Where links={report.links} file={gap.file} line={gap.line} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fact({ field, row, links }: { field: Field; row: Row; links: string }) {
  const text = cell(row, field.id);
  const why = field.id.endsWith("_hours_a_month") && row[text ? "hours_capped" : "hours_unknown"];
  const where = row.where?.[field.id];
  return (
    <div>
      <dt>{field.title}</dt>
      <dd>
        {text || <span class="nothing">{absent(field.id)}</span>}
        {why && <div class="hint">{written(why)}</div>}
        {where && (
          <div>
            <At links={links} where={where} />
          </div>
        )}
      </dd>
    </div>
  );
}

function Tags({ tags, links }: { tags: Tag[]; links: string }) {
  return (
    <section aria-labelledby="its-tags">
      <h2 id="its-tags">{count(tags.length, "tag")}, and where each comes from</h2>
      {tags.length > 0 && (
        <div class="wide" tabIndex={0} role="region" aria-label="Table of tags">
          <table class="tags">
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">Value</th>
                <th scope="col">Layer</th>
                <th scope="col">From</th>
                <th scope="col">Instead of</th>
              </tr>
            </thead>
            <tbody>
              {tags.map((tag) => (
                <tr key={tag.key}>
                  <th scope="row">{shown(tag.key)}</th>
                  <td>{written(tag.value)}</td>
                  <td>
                    <span class="layer">{shown(tag.layer)}</span>
                  </td>
                  <td>
                    <At links={links} where={tag.where} />
                  </td>
                  <td>
                    {(tag.overrode ?? []).map((before, at) => (
                      <Fragment key={at}>
                        {at > 0 && <br />}
                        {written(before.value)} <span class="layer">{shown(before.layer)}</span>{" "}
                        <At links={links} where={before.where} />
                      </Fragment>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
