/** Runs the unit tests (`*.test.ts` beside the code) on Node's own runner; the browser tests are in Python. */

import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { sheetsPlugin, here, sources, writeGenerated } from "./build.mjs";

await writeGenerated();
const outdir = join(here, "generated/tests");
await rm(outdir, { recursive: true, force: true });
await esbuild.build({
  absWorkingDir: here, entryPoints: (await sources()).filter((path) => path.endsWith(".test.ts")), outdir,
  bundle: true, format: "esm", platform: "node", outExtension: { ".js": ".mjs" }, packages: "external",
  plugins: [await sheetsPlugin()], logLevel: "warning",
});
const { status } = spawnSync(process.execPath, ["--test", `${outdir}/`], { stdio: "inherit", cwd: outdir });
process.exitCode = status ?? 1;
