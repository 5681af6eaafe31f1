/**
 * Builds the template of the page: one file with its script and its style in it, and the digests of
 * both in its content-security policy. The same sources and locks give the same bytes.
 *
 *     node build.mjs FOLDER    writes page.html and LICENCES.txt there
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync, existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as Plot from "@observablehq/plot";
import { build } from "esbuild";
import { parseHTML } from "linkedom";

const here = dirname(fileURLToPath(import.meta.url));

async function bundled(entry, more = {}) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    charset: "ascii",
    legalComments: "none",
    logLevel: "warning",
    ...more,
  });
  return { text: result.outputFiles[0].text.trim(), inputs: Object.keys(result.metafile.inputs) };
}

/** Text that an element of raw text holds as it is. */
function contained(text, element) {
  if (new RegExp(`</${element}|<!--|<script`, "i").test(text))
    throw new Error(`what goes into <${element}> would end it`);
  return text;
}

/** What esbuild leaves in regular expressions, where an escape means the same. */
function escaped(script) {
  return script.replaceAll(
    /[^\x00-\x7f]/g,
    (other) => `\\u${other.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Names with other letters as a browser would show them in ASCII. */
function ascii(text) {
  return text.normalize("NFKD").replaceAll(/[^\n\x20-\x7e]/g, (other) =>
    ({ "\u00a9": "(c)", "\u2019": "'", "\u2014": "-", "\u201c": '"', "\u201d": '"' })[other] ?? "",
  );
}

function digest(text) {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}

/** The packages that the bundle holds code of, with their licences. */
function licences(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) folders.add(found[1]);
  }
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(here, folder, "package.json"), "utf8"),
    );
    const file = readdirSync(join(here, folder)).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} comes without the text of its licence`);
    const text = readFileSync(join(here, folder, file), "utf8").replaceAll("\r\n", "\n").trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
}

/**
 * The style element that Observable Plot puts into each drawing. Its text depends on nothing but the
 * name of the class, so that the policy can have its digest, too.
 */
function drawingStyle() {
  const { document } = parseHTML("<html></html>");
  return Plot.plot({ document, className: "plot", marks: [] }).querySelector("style").textContent;
}

const into = process.argv[2];
if (!into || !existsSync(into)) throw new Error("name the folder to write to");

const script = await bundled("src/main.tsx", {
  format: "iife",
  target: ["es2022"],
  jsx: "automatic",
  jsxImportSource: "preact",
  define: { "process.env.NODE_ENV": '"production"' },
});
const style = await bundled("src/style.css", { target: ["chrome111", "firefox113", "safari16"] });
const texts = {
  SCRIPT: contained(escaped(script.text), "script"),
  STYLE: contained(style.text, "style"),
};
const held =
  "The page holds code of these packages.\n\n" +
  licences([...script.inputs, ...style.inputs]).join(`\n${"-".repeat(80)}\n\n`);
texts.LICENCES = contained(ascii(held), "script");
texts.CSP = [
  "default-src 'none'",
  `script-src ${digest(texts.SCRIPT)}`,
  `style-src ${digest(texts.STYLE)} ${digest(drawingStyle())}`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const page = readFileSync(join(here, "src/page.html"), "utf8").replaceAll(
  /@(CSP|STYLE|LICENCES|SCRIPT)@/g,
  (_, name) => texts[name],
);
mkdirSync(into, { recursive: true });
writeFileSync(join(into, "page.html"), page);
writeFileSync(join(into, "LICENCES.txt"), held);
