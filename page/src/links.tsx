/** Links into job files. */
import { shown } from "./text";

const SAFE = /^(https?:|file:)$/;

/** Where a line of a file is looked at, or null: a link of another kind is never made. */
export function target(links: string, file: string, line: number | null): string | null {
  const path = file.split("/").map(encodeURIComponent).join("/");
  // A folder may be called PROFILES or PIPELINES: the last FILE counts, and LINE behind it.
  const at = links.lastIndexOf("FILE");
  const behind = links.slice(at + 4).replaceAll("LINE", String(line ?? 1));
  const to = at < 0 ? links : links.slice(0, at) + path + behind;
  try {
    return SAFE.test(new URL(to, document.baseURI).protocol) ? to : null;
  } catch {
    return null;
  }
}

interface Props {
  links: string;
  file: string | null | undefined;
  line?: number | null;
}

/** `jobs/acme/orders.yaml:12`, which leads there. */
export function Where({ links, file, line = null }: Props) {
  if (!file) return null;
  const words = shown(line === null ? file : `${file}:${line}`);
  const to = target(links, file, line);
  return to ? (
    <a class="where" href={to} rel="noreferrer">
      {words}
    </a>
  ) : (
    <span class="where">{words}</span>
  );
}

/** The same from one text; what names no line of a file, such as `dativo`, is words. */
export function At({ links, where }: { links: string; where: string | null | undefined }) {
  const found = /^(.+?):(\d+)(?::\d+)?$/s.exec(where ?? "");
  if (found) return <Where links={links} file={found[1]} line={Number(found[2])} />;
  return where ? <span class="where">{shown(where)}</span> : null;
}
