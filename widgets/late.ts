/** Everything that a reader may open: fetched while the page rests, so that a press finds it there. */

// The bar stands by then; named here, it shares its file with all that it and these need.
import "./toolbar/toolbar.ts";
// In the order that packs best.
export { showShortcuts } from "./help/help.ts";
import "./summary/summary.ts";
import "./display/display.ts";
export { dress } from "./article/dress.ts";
import "./player/player.ts";
import "./glossary/glossary.ts";
