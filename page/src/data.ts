/** What `dativo report` says, as the page holds it. */

export type Cell = string | number | boolean | null | Cell[] | { [key: string]: Cell };

/** One root. Whatever the report does not know is null. */
export interface Row {
  address: string;
  tags?: Tag[] | null;
  where?: { [field: string]: string | null } | null;
  [field: string]: any;
}

export interface Origin {
  value: Cell;
  layer: string;
  where: string | null;
}

export interface Tag extends Origin {
  key: string;
  overrode?: Origin[] | null;
}

export interface Gap {
  severity: string;
  rule: string;
  message: string;
  address: string | null;
  file: string | null;
  line: number | null;
}

export interface Report {
  rows: Row[];
  gaps: Gap[];
  /** Where FILE and LINE are put in to get to a line of a job file. */
  links: string;
}

/**
 * Equal parts are written once: a node is a scalar, or a list whose first number says what it is
 * (0: a list; n: an object with the keys of shape n - 1), followed by the numbers of its parts.
 */
interface Packed {
  shapes: string[][];
  nodes: (string | number | boolean | null | number[])[];
  report: { rows: number; gaps: number; links: string };
}

function unpacked({ shapes, nodes }: Packed): unknown[] {
  const built: unknown[] = [];
  for (const node of nodes) {
    if (!Array.isArray(node)) {
      built.push(node);
    } else if (node[0] === 0) {
      built.push(node.slice(1).map((part) => built[part]));
    } else {
      // No prototype: a key may be called __proto__.
      const made = Object.create(null);
      shapes[node[0]! - 1]!.forEach((key, at) => {
        made[key] = built[node[at + 1]!];
      });
      built.push(made);
    }
  }
  return built;
}

export function read(): Report {
  const text = document.getElementById("report")!.textContent!;
  const packed: Packed = JSON.parse(text);
  const built = unpacked(packed);
  const { rows, gaps, links } = packed.report;
  return { rows: built[rows] as Row[], gaps: built[gaps] as Gap[], links };
}
