/**
 * Builds the widget into ../src/readable_portal/static: `widget.js` (the loader, a stable name), hashed
 * chunks and fonts (never change), licences, and `manifest.json` by which plain Python can check that the
 * committed build is made of these sources.
 */

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { minify } from "terser";
import uglify from "uglify-js";

export const here = dirname(dirname(fileURLToPath(import.meta.url)));
const outside = join(here, "../src/readable_portal/static");

/** Sources that are not built: installed packages, what this file makes, the tests' output. */
const SKIPPED = new Set(["node_modules", "dist", "generated"]);

/** Fonts that a reader may choose: [family folder, file in the npm package, our name, its weight]. */
const FONTS = [
  ["@fontsource/be-vietnam-pro", "be-vietnam-pro-latin-400-normal", "be-vietnam-pro-latin-400", "400"],
  ["@fontsource/be-vietnam-pro", "be-vietnam-pro-vietnamese-400-normal", "be-vietnam-pro-vietnamese-400", "400"],
  ["@fontsource/be-vietnam-pro", "be-vietnam-pro-latin-700-normal", "be-vietnam-pro-latin-700", "700"],
  ["@fontsource/be-vietnam-pro", "be-vietnam-pro-vietnamese-700-normal", "be-vietnam-pro-vietnamese-700", "700"],
  ["@fontsource-variable/lexend", "lexend-latin-wght-normal", "lexend-latin", "100 900"],
  ["@fontsource-variable/lexend", "lexend-vietnamese-wght-normal", "lexend-vietnamese", "100 900"],
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
  await writeFile(join(here, "generated/vi.ts"), `${note}export const words = ${phrases(panel, 2)};\n`);
  await writeFile(join(here, "generated/en.ts"), `${note}export const words = ${phrases(panel, 3)};\n`);
  const ending = /-\w+\.woff2$/.exec([...(await fontFiles()).keys()][0])[0];
  const faces = FONTS.map(([, , name, weight]) => [name, weight]);
  await writeFile(join(here, "generated/fonts.ts"), `// Made by tools/build.mjs: names of files, without what they end with, and weights.\nexport const files: [name: string, weight: string][] = ${JSON.stringify(faces)};\nexport const ending = "${ending}";\n`);
}

/** A style sheet's text, minified; esbuild keeps the space before the value of a custom property. */
async function minifyStyle(path) {
  const { code } = await esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true });
  return code.trimEnd().replace(/(--[\w-]+): /g, "$1:");
}

/** All style sheets in one file: among their like they pack much better than among code, twice. */
async function styleSheets() {
  const paths = (await sources()).filter((path) => path.endsWith(".css"));
  const texts = await Promise.all(paths.map((path) => minifyStyle(join(here, path))));
  const text = texts.join("|");
  if (/[`\\]|\$\{/.test(text) || text.split("|").length !== texts.length) throw new Error("a style sheet holds `, \\, ${ or |");
  return { paths, module: `export default\`${text}\`.split("|")` };
}

/** What is imported from a style sheet is its number among "sheets": the file of that name, or the module itself. */
export async function sheetsPlugin(file) {
  const { paths, module } = await styleSheets();
  return {
    name: "sheets",
    setup(build) {
      build.onResolve({ filter: /^sheets$/ }, ({ path }) => ({ path, namespace: path }));
      build.onResolve({ filter: /^\.\/styles-/ }, ({ path }) => ({ path, external: true }));
      // Named again here, else every file that needs it would import it by itself.
      build.onLoad({ filter: /^/, namespace: "sheets" }, () => ({ contents: file ? `import all from "./${file}"; export default all;` : module }));
      build.onLoad({ filter: /\.css$/ }, ({ path }) => {
        const place = paths.indexOf(relative(here, path).replaceAll("\\", "/"));
        return { contents: `const place = ${place}; export { place as default };` };
      });
    },
  };
}

const digest = (bytes, algorithm, encoding) => createHash(algorithm).update(bytes).digest(encoding);

/**
 * Properties of our own that no page, no JSON and no browser knows (tools/check.mjs asks the browser's types):
 * in the built code they are letters. What is public, kept, shared with the loader or named in a sheet keeps its name.
 */
export const INTERNAL = [
  "adapt", "addressOf", "begin", "column", "create", "early", "explain", "failed", "inner", "listening", "listenTo", "located", "miss",
  "parts", "present", "skip", "spoken", "spot", "tables", "tell", "tongue", "tree", "unpaint",
];

/**
 * What esbuild leaves. Our getters have no effects of their own, nobody has changed what `String`, `Boolean` or
 * `Array` do, and none of our functions is called with `new`: that is what terser calls unsafe to rely on.
 */
const COMPRESS = {
  passes: 3, pure_getters: true, keep_fargs: false, hoist_funs: true, lhs_constants: false,
  unsafe: true, unsafe_arrows: true, unsafe_comps: true,
};

/** After terser, another hand finds more: 150 bytes gzip. What it turns around or makes `var` packs less well. */
const AGAIN = { passes: 3, pure_getters: true, keep_fargs: false, unsafe: true, varify: false, comparisons: false };

async function shrink(text, module) {
  const { code } = await minify(text, { module, ecma: 2022, compress: COMPRESS, format: { ecma: 2022 } });
  const again = uglify.minify(code, { module, toplevel: module, compress: AGAIN });
  if (again.error) throw again.error;
  return Buffer.from(again.code);
}

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
  for (const file of chunks.outputFiles) files.set(file.path.split(/[\\/]/).at(-1), await shrink(file.text, true));
  shareNames(files);
  const { core, mount } = withoutEntry(files);
  files.set(stylesName, styles);
  const loader = await esbuild.build({
    ...common,
    entryPoints: { widget: "loader/loader.ts" },
    format: "iife", outdir: "/", define: { CORE_FILE: JSON.stringify(core), STYLES_FILE: JSON.stringify(stylesName), MOUNT: JSON.stringify(mount) },
  });
  files.set("widget.js", await shrink(loader.outputFiles[0].text, false));
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

const zipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

/**
 * Gzip bytes of the code without its style sheets (first: what the bar stands on; all: whatever one reader
 * can ever fetch, so the words of one language, the longer), and of all style sheets together.
 */
export async function weigh() {
  const { files, first } = await build({ styles: false });
  const sum = (names) => names.reduce((total, name) => total + zipped(files.get(name)), 0);
  const scripts = [...files.keys()].filter((name) => name.endsWith(".js"));
  const other = Math.min(...scripts.filter((name) => /^(vi|en)-/.test(name)).map((name) => zipped(files.get(name))));
  let css = "";
  for (const path of (await sources()).filter((each) => each.endsWith(".css") && !each.startsWith("gallery/"))) {
    css += await minifyStyle(join(here, path));
  }
  return { first: sum(first), all: sum(scripts) - other, css: zipped(Buffer.from(css)) };
}

async function main() {
  const { files, first } = await build();
  await rm(outside, { recursive: true, force: true });
  await mkdir(outside, { recursive: true });
  const manifest = { version: 1, sources: await sourcesHash(), first, gzip: await weigh(), files: {} };
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
  console.log(`code before the bar, all code, style sheets: ${JSON.stringify(manifest.gzip)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await (process.argv[2] === "--strings" ? writeGenerated() : main());
