/** One root: all that is known of it, its tags and where each came from, its gaps. */
import { absent, FIELDS } from "./fields";
import type { Tag } from "./data";
import { Where } from "./links";
import type { Props } from "./shell";
import { address } from "./state";
import { count, shown, written } from "./text";

export function Root({ report, state }: Props) {
  const row = report.rows.find((each) => each.address === state.root);
  const back = address({ ...state, view: "table" });
  if (!row)
    return (
      <p class="empty">
        <strong>There is no root {shown(state.root)}.</strong> <a href={back}>To all roots</a>
      </p>
    );
  const gaps = report.gaps.filter((gap) => gap.address === row.address);
  return (
    <article>
      <p>
        <a href={back}>{"\u2190"} All roots</a>
      </p>
      <h1>{shown(row.address)}</h1>
      {gaps.length > 0 && (
        <section aria-labelledby="its-gaps">
          <h2 id="its-gaps">{count(gaps.length, "gap")}</h2>
          <ul class="gaps">
            {gaps.map((gap, at) => (
              <li key={at}>
                <span class={`severity ${gap.severity}`}>{gap.severity}</span> {shown(gap.message)}{" "}
                <Where
                  links={report.links}
                  where={gap.file && (gap.line === null ? gap.file : `${gap.file}:${gap.line}`)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="its-facts">
        <h2 id="its-facts">Facts</h2>
        <dl>
          {FIELDS.map((field) => {
            const text = written(row[field.id]);
            return (
              <div key={field.id}>
                <dt>{field.title}</dt>
                <dd class={text ? undefined : "nothing"}>{text || absent(field.id)}</dd>
              </div>
            );
          })}
          {Object.entries(row.where ?? {}).map(([field, where]) => (
            <div key={field}>
              <dt>Where: {shown(field)}</dt>
              <dd>
                <Where links={report.links} where={where} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <Tags tags={row.tags ?? []} links={report.links} />
    </article>
  );
}

function Tags({ tags, links }: { tags: Tag[]; links: string }) {
  return (
    <section aria-labelledby="its-tags">
      <h2 id="its-tags">{count(tags.length, "tag")}</h2>
      {tags.length > 0 && (
        <div class="wide" tabIndex={0} role="region" aria-labelledby="its-tags">
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
                    <Where links={links} where={tag.where} />
                  </td>
                  <td>
                    {(tag.overrode ?? []).map((before, at) => (
                      <div key={at}>
                        {written(before.value)} <span class="layer">{shown(before.layer)}</span>{" "}
                        <Where links={links} where={before.where} />
                      </div>
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
