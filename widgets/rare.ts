/** What few readers open: paper, help, one article alone, the device's voice, old browsers. */

import "./toolbar/toolbar.ts";

export { lay } from "./article/overlay.ts";
export { fontSizes } from "./article/without-zoom.ts";
export { onlyArticle } from "./focus/only.ts";
export { showShortcuts } from "./help/help.ts";
export { DeviceSpeech, deviceVoice } from "./player/device.ts";
export { printArticle } from "./print/print.ts";
