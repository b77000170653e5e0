/** The shapes of what opens later. */

import { addIcons } from "../core/icons.ts";

addIcons({
  close: "M6 6l12 12M18 6 6 18",
  previous: "M18 6v12l-9-6zM6 6v12",
  next: "M6 6v12l9-6zM18 6v12",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  print: "M7 8V4h10v4M7 17H4V9h16v8h-3M7 14h10v6H7z",
  help: "M9 9a3 3 0 1 1 3 3v2M12 17v0M12 3a9 9 0 1 0 .1 0",
  jump: "M12 5v13M6 13l6 6 6-6",
  reset: "M5 12a7 7 0 1 0 2-5M5 4v4h4",
});
