/** Writes the npm package into dist/: an ES module for each element, shared chunks, fonts, types. */

import { spawnSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { cssText, fontFiles, here, writeGenerated } from "./build.mjs";

const dist = join(here, "dist");
await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await writeGenerated();
for (const [name, bytes] of await fontFiles()) await writeFile(join(dist, name), bytes);
const elements = ["toolbar", "size", "display", "player", "summary", "glossary"];
await esbuild.build({
  absWorkingDir: here, bundle: true, minify: true, splitting: true, format: "esm", target: "es2022", charset: "utf8",
  entryPoints: Object.fromEntries(elements.map((name) => [name, `${name}/${name}.ts`])), outdir: dist,
  chunkNames: "chunk-[hash]", plugins: [cssText()], legalComments: "none", logLevel: "warning",
});
const { status } = spawnSync("npx", [
  "tsc", "-p", ".", "--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", "dist/types",
], { cwd: here, stdio: "inherit" });
process.exitCode = status ?? 1;
