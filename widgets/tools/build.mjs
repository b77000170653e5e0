/**
 * Builds the widget into ../src/readable_portal/static: `widget.js` (the loader, a stable name), hashed
 * chunks and fonts (never change), licences, and `manifest.json` by which plain Python can check that the
 * committed build is made of these sources.
 */

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { bestOrder, squeeze, zipped } from "./squeeze.mjs";

export const here = dirname(dirname(fileURLToPath(import.meta.url)));
const outside = join(here, "../src/readable_portal/static");

/** Sources that are not built: installed packages, what this file makes, the tests' output. */
const SKIPPED = new Set(["node_modules", "dist", "generated"]);

/** Fonts that a reader may choose: [family folder, file in the npm package, our name: font, letters, weight or least weight]. */
const FONTS = [
  ["@fontsource/be-vietnam-pro", "be-vietnam-pro-latin-400-normal", "be-vietnam-pro-latin-400"],
  ["@fontsource/be-vietnam-pro", "be-vietnam-pro-vietnamese-400-normal", "be-vietnam-pro-vietnamese-400"],
  ["@fontsource/be-vietnam-pro", "be-vietnam-pro-latin-700-normal", "be-vietnam-pro-latin-700"],
  ["@fontsource/be-vietnam-pro", "be-vietnam-pro-vietnamese-700-normal", "be-vietnam-pro-vietnamese-700"],
  ["@fontsource-variable/lexend", "lexend-latin-wght-normal", "lexend-latin-100"],
  ["@fontsource-variable/lexend", "lexend-vietnamese-wght-normal", "lexend-vietnamese-100"],
];

const TYPES = { js: "text/javascript", woff2: "font/woff2", txt: "text/plain; charset=utf-8" };

/** All source files, sorted, as paths with forward slashes. */
export async function sources() {
  const found = [];
  const walk = async (folder) => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (SKIPPED.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await walk(path);
      else found.push(relative(here, path).replaceAll("\\", "/"));
    }
  };
  await walk(here);
  return found.sort();
}

/** sha256 over every source's path and bytes: tests/test_widget_build.py computes the same. */
export async function sourcesHash() {
  const hash = createHash("sha256");
  for (const path of await sources()) {
    hash.update(`${path}\0`);
    hash.update(createHash("sha256").update(await readFile(join(here, path))).digest("hex"));
    hash.update("\n");
  }
  return hash.digest("hex");
}

/** The fonts under hashed names, and their licences. */
export async function fontFiles() {
  const fonts = await Promise.all(FONTS.map(([family, file]) => readFile(join(here, "node_modules", family, "files", `${file}.woff2`))));
  // One hash for all: the code that names them stays short.
  const hash = digest(Buffer.concat(fonts), "sha256", "hex").slice(0, 8);
  const files = new Map(FONTS.map(([, , name], place) => [`${name}-${hash}.woff2`, fonts[place]]));
  for (const [family] of FONTS) {
    files.set(`LICENSE-${family.split("/")[1]}.txt`, await readFile(join(here, "node_modules", family, "LICENSE")));
  }
  return files;
}

/** Makes the generated modules: the fonts' names, and of strings.tsv the words of the bar in both languages, the others a language each. */
export async function writeGenerated() {
  const lines = (await readFile(join(here, "strings.tsv"), "utf8")).trimEnd().split("\n").slice(1);
  const rows = lines.map((line) => line.split("\t"));
  await mkdir(join(here, "generated"), { recursive: true });
  const bar = rows.filter((row) => row[1] === "bar");
  const panel = rows.filter((row) => row[1] === "panel");
  if (rows.some((row) => row.length !== 4 || row.join("").includes("|"))) throw new Error("strings.tsv: four columns, no |");
  const phrases = (of, column) => JSON.stringify(of.map((row) => row[column]).join("|"));
  const note = "// Made of strings.tsv by tools/build.mjs.\n";
  // Words are numbers in the built code: their keys would take as much room as they do.
  const keys = [...bar, ...panel].map(([key]) => key).join(", ");
  await writeFile(join(here, "generated/words.ts"), `${note}export const enum W { ${keys} }\nexport const vi = ${phrases(bar, 2)};\nexport const en = ${phrases(bar, 3)};\n`);
  await writeFile(join(here, "generated/vi.ts"), `${note}export default ${phrases(panel, 2)};\n`);
  await writeFile(join(here, "generated/en.ts"), `${note}export default ${phrases(panel, 3)};\n`);
  const ending = /-\w+\.woff2$/.exec([...(await fontFiles()).keys()][0])[0];
  await writeFile(join(here, "generated/fonts.ts"), `// Made by tools/build.mjs: what the names of font files end with.\nexport const ending = "${ending}";\n`);
}

/** A style sheet's text, minified; esbuild keeps the space before the value of a custom property. */
async function minifyStyle(path) {
  const { code } = await esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true });
  return code.trimEnd().replace(/(--[\w-]+): /g, "$1:");
}

/** Our elements' own custom properties become letters; what a portal sets and what `fill` fills keeps its name. */
function shortenProperties(texts) {
  const names = [...new Set(texts.flatMap((text) => [...text.matchAll(/[{;](--[\w-]+):/g)].map(([, name]) => name)))];
  return texts.map((text) => text.replace(/--[\w-]+(?=[:)])/g, (name) => {
    const place = names.indexOf(name);
    return place < 0 || text.includes(":--") ? name : `--${String.fromCharCode(97 + place)}`;
  }));
}

/** What a function makes when it is first called, for good. */
function once(make) {
  let made;
  return () => (made ??= make());
}

/** All style sheets in one file: among their like they pack much better than among code, twice. */
const styleSheets = once(async () => {
  const paths = (await sources()).filter((path) => path.endsWith(".css"));
  const texts = shortenProperties(await Promise.all(paths.map((path) => minifyStyle(join(here, path)))));
  const module = (some) => `export default\`${some.join("|")}\`.split("|")`;
  const ordered = bestOrder(texts, module);
  if (ordered.some((text) => /[`\\|]|\$\{/.test(text))) throw new Error("a style sheet holds `, \\, ${ or |");
  return { places: new Map(paths.map((path, place) => [path, ordered.indexOf(texts[place])])), module: module(ordered) };
});

/** What is imported from a style sheet is its number among "sheets": the file of that name, or the module itself. */
export async function sheetsPlugin(file) {
  const { places, module } = await styleSheets();
  return {
    name: "sheets",
    setup(build) {
      build.onResolve({ filter: /^sheets$/ }, ({ path }) => ({ path, namespace: path }));
      build.onResolve({ filter: /^\.\/styles-/ }, ({ path }) => ({ path, external: true }));
      // Named again here, else every file that needs it would import it by itself.
      build.onLoad({ filter: /^/, namespace: "sheets" }, () => ({ contents: file ? `import all from "./${file}"; export default all;` : module }));
      build.onLoad({ filter: /\.css$/ }, ({ path }) => {
        const place = places.get(relative(here, path).replaceAll("\\", "/"));
        return { contents: `const place = ${place}; export { place as default };` };
      });
    },
  };
}

const digest = (bytes, algorithm, encoding) => createHash(algorithm).update(bytes).digest(encoding);

/**
 * Properties of our own that no page, no JSON and no browser knows (tools/check.mjs asks the browser's types):
 * in the built code they are letters. What is public, kept (`Paint`), shared with the loader or named in a sheet keeps its name.
 */
export const INTERNAL = [
  "adapt", "addressOf", "begin", "column", "construct", "early", "explain", "failed", "inner", "listening", "listenTo", "located", "miss",
  "parts", "present", "printed", "skip", "spoken", "tables", "tell", "tongue", "tree", "unpaint",
];

/** Builds in memory; returns file name -> bytes, and which files the bar stands on. */
export async function build() {
  await writeGenerated();
  const files = new Map();
  const styles = Buffer.from((await styleSheets()).module);
  const stylesName = `styles-${digest(styles, "sha256", "hex").slice(0, 8)}.js`;
  for (const [name, bytes] of await fontFiles()) files.set(name, bytes);
  const common = {
    absWorkingDir: here, bundle: true, minify: true, write: false, charset: "utf8", target: ["es2022"],
    legalComments: "none", plugins: [await sheetsPlugin(stylesName)], metafile: true, logLevel: "warning",
  };
  const chunks = await esbuild.build({
    ...common,
    mangleProps: new RegExp(`^(${INTERNAL.join("|")})$`),
    entryPoints: { toolbar: "toolbar/toolbar.ts" },
    format: "esm", splitting: true, outdir: "/", entryNames: "[name]-[hash]", chunkNames: "[name]-[hash]",
  });
  for (const file of chunks.outputFiles) files.set(file.path.split(/[\\/]/).at(-1), await squeeze(file.text, true));
  for (const [name, bytes] of files) {
    // A text needs no name in its own file.
    if (name.endsWith(".js")) files.set(name, Buffer.from(bytes.toString().replace(/^(?:var|let) (\w)=("[^"]*");export\{\1 as default\};$/, "export default$2")));
  }
  shareNames(files);
  const { core, mount } = withoutEntry(files);
  files.set(stylesName, styles);
  const loader = await esbuild.build({
    ...common,
    entryPoints: { widget: "loader/loader.ts" },
    format: "iife", outdir: "/", define: { CORE_FILE: JSON.stringify(core), STYLES_FILE: JSON.stringify(stylesName), MOUNT: JSON.stringify(mount) },
  });
  files.set("widget.js", await squeeze(loader.outputFiles[0].text, false));
  return { files, first: ["widget.js", core, stylesName] };
}

/** The files name what they share as it is called where it stands: `export{a}`, not `export{a as b}`. */
function shareNames(files) {
  const scripts = [...files].filter(([name]) => name.endsWith(".js"));
  for (const [name, bytes] of scripts) {
    const own = new Map();
    const text = bytes.toString().replace(/export\{([^}]+)\};?$/, (all, list) => {
      if (!name.startsWith("chunk-")) return all;
      for (const [local, outer = local] of list.split(",").map((each) => each.split(" as "))) own.set(outer, local);
      return `export{${[...own.values()]}};`;
    });
    if (!own.size) continue;
    files.set(name, Buffer.from(text));
    for (const [other, content] of files) {
      if (other === name || !other.endsWith(".js")) continue;
      files.set(other, Buffer.from(content.toString().replace(new RegExp(`import\\{([^}]+)\\}from"\\./${name}"`), (_, list) => {
        const names = list.split(",").map((each) => each.split(" as ")).map(([outer, local = outer]) => [own.get(outer), local]);
        return `import{${names.map(([outer, local]) => (outer === local ? local : `${outer} as ${local}`))}}from"./${name}"`;
      })));
    }
  }
}

/**
 * The entry only passes on what stands in a chunk that the others import, too. Without it, the loader asks
 * that chunk itself: one way to the server less before the bar stands.
 */
function withoutEntry(files) {
  const entry = [...files.keys()].find((name) => name.startsWith("toolbar-"));
  const text = files.get(entry).toString();
  files.delete(entry);
  const [, core] = /from\s*"\.\/(.+?)"/.exec(text);
  const [, inner] = /(\w+) as mount\b/.exec(text);
  const [, mount = inner] = new RegExp(`(?:(\\w+) as )?\\b${inner}\\b`).exec(text);
  return { core, mount };
}

/**
 * Gzip bytes of the files as they are served, fonts apart. first: the loader and the code of the bar; code: all
 * code, the words of both languages in it, though a reader fetches one; css: all style sheets; served: everything.
 */
export function weigh({ files, first }) {
  const sum = (names) => names.reduce((total, name) => total + zipped(files.get(name)), 0);
  const scripts = [...files.keys()].filter((name) => name.endsWith(".js"));
  const code = scripts.filter((name) => !isStyles(name));
  return {
    first: sum(first.filter((name) => !isStyles(name))),
    code: sum(code), css: sum(scripts.filter(isStyles)), served: sum(scripts),
  };
}

/** Most bytes of each: issue and docs/widget.md say why. */
export const BUDGET = { first: 8000, code: 20000, css: 4000, served: 24000 };

const isStyles = (name) => name.startsWith("styles-");

/** The sizes that the documentation names, between its marks; `npm run check` compares them. */
export function sizesTable({ gzip, files }) {
  const bytes = (number) => number.toLocaleString("en");
  const of = (start) => bytes(Object.entries(files).find(([name]) => name.startsWith(start))[1].gzip);
  return [
    "| gzip bytes, fonts apart | bar | built |",
    "| --- | --- | --- |",
    `| loader and core: all code before the bar stands | ${bytes(BUDGET.first)} | ${bytes(gzip.first)} |`,
    `| all code, the words of both languages in it (a reader fetches one) | ${bytes(BUDGET.code)} | ${bytes(gzip.code)} |`,
    `| all style sheets, those laid on the article among them | ${bytes(BUDGET.css)} | ${bytes(gzip.css)} |`,
    `| everything, file by file as it is served | ${bytes(BUDGET.served)} | ${bytes(gzip.served)} |`,
    "",
    `The files: the loader ${of("widget")}, the bar ${of("chunk")}, all that opens later ${of("late")}, words in Vietnamese ${of("vi-")}, in English ${of("en-")}, style sheets ${of("styles")}.`,
  ].join("\n");
}

const DOCUMENT = join(here, "../docs/widget.md");
const MARKS = /(<!-- sizes: written by npm run build -->\n\n)[^]*?(\n\n<!-- end of sizes -->)/;

/** What the documentation says of the sizes. */
export const documentedSizes = async () => MARKS.exec(await readFile(DOCUMENT, "utf8"))?.[0].split("\n\n").slice(1, -1).join("\n\n");

async function writeSizes(manifest) {
  const text = await readFile(DOCUMENT, "utf8");
  await writeFile(DOCUMENT, text.replace(MARKS, (_, before, after) => before + sizesTable(manifest) + after));
}

async function main() {
  const built = await build();
  const { files, first } = built;
  await rm(outside, { recursive: true, force: true });
  await mkdir(outside, { recursive: true });
  const manifest = { version: 1, sources: await sourcesHash(), first, gzip: weigh(built), files: {} };
  for (const name of [...files.keys()].sort()) {
    const bytes = files.get(name);
    const extension = name.split(".").at(-1);
    manifest.files[name] = {
      type: TYPES[extension],
      immutable: /-[A-Z0-9a-f]{8}\.\w+$/.test(name),
      bytes: bytes.length,
      gzip: zipped(bytes),
      sha256: digest(bytes, "sha256", "hex"),
      integrity: `sha384-${digest(bytes, "sha384", "base64")}`,
    };
    await writeFile(join(outside, name), bytes);
  }
  await writeFile(join(outside, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
  const code = Object.entries(manifest.files).filter(([name]) => name.endsWith(".js"));
  for (const [name, { bytes, gzip }] of code) console.log(`${String(gzip).padStart(6)} gz ${String(bytes).padStart(6)}  ${name}`);
  console.log(JSON.stringify(manifest.gzip));
  await writeSizes(manifest);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await (process.argv[2] === "--strings" ? writeGenerated() : main());
