/** Pieces of what opens later: boxes to tick, listeners that can be stopped. */

import { h, type Part } from "../core/element.ts";

/** What takes a press for itself. */
export const CONTROLS = "a,button,input,select,textarea,label,summary,video,audio";

/** A box to tick, with its words. */
export const check = (words: string, box: HTMLInputElement) => h("label.check", h(box, { type: "checkbox" }), h("span", words));

/** A part of a panel, under its title; `id` names it in its shadow root. */
export const section = (id: string, title: string, ...content: Part[]) =>
  h("section", { "aria-labelledby": id }, h("h2", { id }, title), ...content);

/** Listens for some events, named with spaces between; returns how to stop. No listener holds up scrolling. */
export function listen(targets: readonly EventTarget[], names: string, listener: (event: never) => void): () => void {
  const stop = new AbortController();
  for (const name of names.split(" ")) {
    for (const target of targets) target.addEventListener(name, listener as EventListener, { passive: true, signal: stop.signal });
  }
  return () => stop.abort();
}
