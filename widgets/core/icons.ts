/** Our own shapes, 24 px, drawn with a 2 px line in the text's colour. Always beside a word or a name. */

const paths: Record<string, string> = {
  minus: "M5 12h14",
  plus: "M5 12h14M12 5v14",
  play: "M8 5v14l11-7z",
  pause: "M9 5v14M15 5v14",
  summary: "M4 6h16M4 12h16M4 18h9",
  display: "M3 19 8 5l5 14M5 14h6M15 19l3-8 3 8M16 16h4",
};

/** Adds the shapes that come with what opens later. */
export const addIcons = (more: Record<string, string>) => Object.assign(paths, more);

/** An SVG element with an attribute. */
function svg(name: string, attribute: string, value: string): Element {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  made.setAttribute(attribute, value);
  return made;
}

/** A shape, hidden from assistive technology: its button has the words. */
export function icon(name: string): Element {
  const made = svg("svg", "viewBox", "0 0 24 24");
  made.setAttribute("aria-hidden", "true");
  made.append(svg("path", "d", paths[name]!));
  return made;
}
