/** Links into job files. */
import type { ComponentChildren } from "preact";
import { shown } from "./text";

const SAFE = /^(https?:|file:)$/;

/** Where a line of a file is looked at, or null: a link of another kind is never made. */
export function target(links: string, file: string, line: number | null): string | null {
  const path = file.split("/").map(encodeURIComponent).join("/");
  const to = links.replaceAll(/FILE|LINE/g, (word) => (word === "FILE" ? path : String(line ?? 1)));
  try {
    return SAFE.test(new URL(to, document.baseURI).protocol) ? to : null;
  } catch {
    return null;
  }
}

interface Props {
  links: string;
  /** `jobs/acme/orders.yaml:12`, or words where something else is the origin. */
  where: string | null | undefined;
  children?: ComponentChildren;
}

export function Where({ links, where, children }: Props) {
  if (!where) return null;
  const found = /^(.+?):(\d+)(?::\d+)?$/.exec(where);
  const to = found && target(links, found[1]!, Number(found[2]));
  const words = children ?? shown(where);
  if (!to) return <>{words}</>;
  return (
    <a href={to} rel="noreferrer">
      {words}
    </a>
  );
}
