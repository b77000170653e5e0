/** Everything that a reader may open: fetched while the page rests, so that a press finds it there. */

import "./toolbar/toolbar.ts";

export { dress } from "./article/dress.ts";
export { ReadableDisplay } from "./display/display.ts";
export { ReadableGlossary } from "./glossary/glossary.ts";
export { showShortcuts } from "./help/help.ts";
export { ReadablePlayer } from "./player/player.ts";
export { ReadableSummary } from "./summary/summary.ts";
