/** Makes code and style sheets small for gzip, which packs best what stands near its like. */

import { gzipSync } from "node:zlib";
import { parse } from "acorn";
import { minify } from "terser";
import uglify from "uglify-js";

/** Bytes of a text as it is served. */
export const zipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

/**
 * The order of these pieces in which what `join` makes of them is smallest: as long as it helps, each in turn
 * goes where it packs best. The same pieces come out in the same order every time.
 */
export function bestOrder(pieces, join) {
  let best = [...pieces];
  let least = zipped(join(best));
  for (let better = true; better; ) {
    better = false;
    for (let from = 0; from < best.length; from++) {
      for (let to = 0; to < best.length; to++) {
        const tried = best.toSpliced(from, 1).toSpliced(to, 0, best[from]);
        const size = zipped(join(tried));
        if (size >= least) continue;
        [best, least, better] = [tried, size, true];
      }
    }
  }
  return best;
}

/** Where functions are declared in a module does not matter. */
function orderFunctions(code) {
  const { body } = parse(code, { ecmaVersion: 2022, sourceType: "module" });
  const pieces = (declared) => body.filter(({ type }) => (type === "FunctionDeclaration") === declared).map(({ start, end }) => code.slice(start, end));
  const others = pieces(false).join("");
  const join = (functions) => functions.join("") + others;
  return join(bestOrder(pieces(true), join));
}

/**
 * What esbuild leaves. Our getters have no effects of their own, nobody has changed what `String`, `Boolean` or
 * `Array` do: that is what terser calls unsafe to rely on.
 */
const COMPRESS = {
  passes: 3, pure_getters: true, keep_fargs: false, hoist_funs: true, lhs_constants: false,
  unsafe: true, unsafe_comps: true, unsafe_math: true,
};

/** After terser, another hand finds more: 150 bytes gzip. What it turns around or makes `var` packs less well. */
const AGAIN = { passes: 3, pure_getters: true, keep_fargs: false, varify: false, comparisons: false, merge_vars: false };

/** A script or a module, made small. */
export async function squeeze(text, module) {
  const { code } = await minify(text, { module, ecma: 2022, compress: COMPRESS, format: { ecma: 2022 } });
  const again = uglify.minify(code, { module, toplevel: module, compress: AGAIN });
  if (again.error) throw again.error;
  return Buffer.from(module ? orderFunctions(again.code) : again.code);
}
