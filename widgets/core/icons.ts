/** Our own shapes, 24 px, drawn with a 2 px line in the text's colour. Always beside a word or a name. */

const paths = {
  minus: "M5 12h14",
  plus: "M5 12h14M12 5v14",
  play: "M8 5v14l11-7z",
  pause: "M9 5v14M15 5v14",
  summary: "M4 6h16M4 12h16M4 18h9",
  display: "M3 19 8.5 5 14 19M5 14h7M15 19l3-8 3 8M16 16.5h4",
  close: "M6 6l12 12M18 6 6 18",
  previous: "M18 6v12l-9-6zM6 6v12",
  next: "M6 6v12l9-6zM18 6v12",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  print: "M7 8V4h10v4M7 17H4V9h16v8h-3M7 14h10v6H7z",
  help: "M9 9a3 3 0 1 1 4 2.8c-.7.3-1 .9-1 1.7M12 17v.5M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  jump: "M12 5v13M6 13l6 6 6-6",
  reset: "M5 12a7 7 0 1 0 2-5M5 4v4h4",
};

export type IconName = keyof typeof paths;

const SVG = "http://www.w3.org/2000/svg";

/** An icon, hidden from assistive technology: its button has the words. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

/** Shows another icon in the place of one. */
export function changeIcon(svg: SVGSVGElement, name: IconName): void {
  svg.firstElementChild?.setAttribute("d", paths[name]);
}
