/** The way of the data: from an asset over jobs and roots to the module and the cloud. */
import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import { useMemo, useState } from "preact/hooks";
import type { Prepared } from "./choosing";
import { cell, FIELD, NONE } from "./fields";
import { Nothing } from "./nothing";
import type { Props } from "./shell";
import { address, only, type State } from "./state";
import { count, number, shown } from "./text";

const COLUMNS = ["asset", "job", "address", "module", "cloud"];
/** So many names of a column can be read; what is rarer is shown together. */
const MOST = 28;
const WIDTH = 1200;
const ROOM = 26;
const LETTERS = 30;

interface Node {
  id: string;
  column: number;
  name: string;
  roots: number;
  /** Where a click leads; empty for those that are shown together. */
  href: string;
}

/** What each root is called in a column: itself, or what those of the rest are called. */
function names(left: Prepared[], id: string): { name: (root: Prepared) => string; rest: number } {
  const counts = new Map<string, number>();
  for (const { row } of left) {
    const text = cell(row, id);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const kept = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (kept.length <= MOST) return { name: ({ row }) => cell(row, id), rest: 0 };
  const own = new Set(kept.slice(0, MOST - 1).map(([text]) => text));
  return {
    name: ({ row }) => (own.has(cell(row, id)) ? cell(row, id) : "\0"),
    rest: counts.size - own.size,
  };
}

function leads(state: State, id: string, value: string): string {
  if (id === "address") return address({ ...state, view: "root", root: value });
  return address({ ...only(state, id, value), view: "picture" });
}

function laidOut(left: Prepared[], state: State) {
  const nodes = new Map<string, Node>();
  const links = new Map<string, { source: string; target: string; value: number }>();
  const columns = COLUMNS.map((id) => names(left, id));
  for (const root of left) {
    let before = "";
    COLUMNS.forEach((field, column) => {
      const value = columns[column]!.name(root);
      const id = `${column} ${value}`;
      if (!nodes.has(id)) {
        const together = value === "\0";
        nodes.set(id, {
          id,
          column,
          name: together
            ? `${number(columns[column]!.rest)} others`
            : shown(value) || `no ${FIELD.get(field)!.title.toLowerCase()}`,
          roots: 0,
          href: together ? "" : leads(state, field, value || NONE),
        });
      }
      nodes.get(id)!.roots += 1;
      if (before) {
        const key = `${before} ${id}`;
        if (!links.has(key)) links.set(key, { source: before, target: id, value: 0 });
        links.get(key)!.value += 1;
      }
      before = id;
    });
  }
  const tallest = Math.max(...COLUMNS.map((_, at) => [...nodes.values()].filter((node) => node.column === at).length));
  const height = Math.max(200, tallest * ROOM);
  const layout = sankey<Node, object>()
    .nodeId((node) => node.id)
    .nodeAlign((node) => node.column)
    .nodeWidth(10)
    .nodePadding(Math.min(14, (height / tallest) * 0.5))
    .extent([
      [1, 30],
      [WIDTH - 150, height + 30],
    ]);
  return { ...layout({ nodes: [...nodes.values()], links: [...links.values()] }), height: height + 40 };
}

export function Picture({ left, state }: Props) {
  const drawn = useMemo(() => (left.length ? laidOut(left, state) : null), [left, state]);
  const [over, setOver] = useState("");
  if (!drawn)
    return <Nothing />;
  const path = sankeyLinkHorizontal();
  const table = address({
    ...state,
    view: "table",
    columns: ["address", "asset", "job", "module", "cloud"],
  });
  return (
    <section class="card" aria-labelledby="picture">
      <h1 id="picture">From asset to cloud</h1>
      <p class="hint">
        The wider, the more roots. A name chooses its roots. <a href={table}>The same as a table</a>
      </p>
      <div class="wide" tabIndex={0} role="region" aria-label="Picture">
        <svg
          class="picture"
          viewBox={`0 0 ${WIDTH} ${drawn.height}`}
          width={WIDTH}
          height={drawn.height}
          role="group"
          aria-labelledby="picture"
        >
          {COLUMNS.map((id, at) => (
            <text key={id} class="heading" x={at * ((WIDTH - 161) / 4) + 1} y={14}>
              {FIELD.get(id)!.title}
            </text>
          ))}
          <g fill="none">
            {drawn.links.map((link: any) => (
              <path
                key={`${link.source.id} ${link.target.id}`}
                class={over === link.source.id || over === link.target.id ? "link over" : "link"}
                d={path(link)!}
                stroke-width={Math.max(1, link.width)}
              />
            ))}
          </g>
          {drawn.nodes.map((node: any) => (
            <Box key={node.id} node={node} setOver={setOver} />
          ))}
        </svg>
      </div>
    </section>
  );
}

function Box({ node, setOver }: { node: any; setOver: (id: string) => void }) {
  const words = `${FIELD.get(COLUMNS[node.column]!)!.title} ${node.name}: ${count(node.roots, "root")}`;
  const name = node.name.length > LETTERS ? `${node.name.slice(0, LETTERS - 1)}\u2026` : node.name;
  const inside = (
    <>
      <title>{words}</title>
      <rect x={node.x0} y={node.y0} width={node.x1 - node.x0} height={Math.max(2, node.y1 - node.y0)} />
      <text x={node.x1 + 5} y={(node.y0 + node.y1) / 2} dy="0.35em" aria-hidden="true">
        {name}
      </text>
    </>
  );
  const moves = {
    onMouseEnter: () => setOver(node.id),
    onMouseLeave: () => setOver(""),
    onFocus: () => setOver(node.id),
    onBlur: () => setOver(""),
  };
  return node.href ? (
    <a href={node.href} class="node" {...moves}>
      {inside}
    </a>
  ) : (
    <g class="node together" {...moves}>
      {inside}
    </g>
  );
}
