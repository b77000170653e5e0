/**
 * Writes the npm package: an ES module for each element, shared chunks, fonts, types, the examples with
 * what they show. Into dist/, or into the folder that is named: node tools/package.mjs FOLDER
 */

import { spawnSync } from "node:child_process";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as esbuild from "esbuild";
import { sheetsPlugin, fontFiles, here, sources, writeGenerated } from "./build.mjs";

const dist = resolve(process.argv[2] ?? join(here, "dist"));
await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await writeGenerated();
for (const [name, bytes] of await fontFiles()) await writeFile(join(dist, name), bytes);
const elements = ["toolbar", "size", "display", "player", "summary", "glossary"];
await esbuild.build({
  absWorkingDir: here, bundle: true, minify: true, splitting: true, format: "esm", target: "es2022", charset: "utf8",
  entryPoints: Object.fromEntries(elements.map((name) => [name, `${name}/${name}.ts`])), outdir: dist,
  chunkNames: "chunk-[hash]", plugins: [await sheetsPlugin()], legalComments: "none", logLevel: "warning",
});
for (const path of (await sources()).filter((each) => each.endsWith("/example.html"))) {
  await cp(join(here, path), join(dist, path));
}
await cp(join(here, "../examples/demo_portal/gallery/example"), join(dist, "example"), { recursive: true });
const { status } = spawnSync("npx", [
  "tsc", "-p", ".", "--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", join(dist, "types"),
], { cwd: here, stdio: "inherit" });
process.exitCode = status ?? 1;
