/** Checks that the committed build is what these sources make, byte for byte, and within its budget. */

import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { BUDGET, build, documentedSizes, here, INTERNAL, sizesTable, sourcesHash, weigh } from "./build.mjs";

const folder = join(here, "../src/readable_portal/static");
const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
const faults = [];
if (manifest.sources !== (await sourcesHash())) faults.push("the sources have changed since the build");
const built = await build();
const { files } = built;
for (const [name, bytes] of files) {
  const entry = manifest.files[name];
  if (!entry) faults.push(`${name} is missing`);
  else if (entry.sha256 !== createHash("sha256").update(bytes).digest("hex")) faults.push(`${name} differs`);
}
for (const name of await readdir(folder)) {
  if (name !== "manifest.json" && !files.has(name)) faults.push(`${name} is left over`);
}
for (const folder of await readdir(join(here, "node_modules/@typescript"))) {
  const types = await readFile(join(here, "node_modules/@typescript", folder, "lib/lib.dom.d.ts"), "utf8");
  const known = INTERNAL.filter((name) => new RegExp(`^ +(readonly )?${name}\\??[:(<]`, "m").test(types));
  if (known.length) faults.push(`browsers know ${known}: tools/build.mjs, INTERNAL`);
}
const sizes = weigh(built);
if ((await documentedSizes()) !== sizesTable(manifest)) faults.push("docs/widget.md names other sizes");
for (const [key, most] of Object.entries(BUDGET)) {
  if (sizes[key] > most) faults.push(`${key}: ${sizes[key]} bytes gzip, budget ${most}`);
}
if (faults.length) {
  console.error(faults.join("\n"), "\nrun: npm run build");
  process.exitCode = 1;
} else console.log(`fresh; gzip bytes ${JSON.stringify(sizes)}`);
