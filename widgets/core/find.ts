/** Elements and selectors: how the article's parts are found and named. */

/** `querySelector` that takes an empty or broken selector for nothing found. */
export function find(root: ParentNode, selector: string): Element | null {
  try {
    return root.querySelector(selector);
  } catch {
    return null;
  }
}

/** Elements at these paths that stand outside the article's body and title: a lead above it, for example. */
export function outside(paths: readonly string[], root: ParentNode, inside: readonly Element[]): Element[] {
  const found = new Set<Element>();
  for (const path of paths) {
    const element = find(root, path);
    if (element && !inside.some((each) => each.contains(element) || element.contains(each))) found.add(element);
  }
  return [...found];
}

/** The deepest element that holds all of them. */
export function common(elements: readonly Element[]): Element | null {
  let holder = elements[0] ?? null;
  while (holder && !elements.every((each) => holder!.contains(each))) holder = holder.parentElement;
  return holder;
}

/** A selector of this element in its tree, from the nearest id or the body. */
export function selectorOf(element: Element): string {
  const steps: string[] = [];
  for (let at: Element | null = element; at; at = at.parentElement) {
    const id = `#${CSS.escape(at.id)}`;
    if (at.id && find(at.getRootNode() as ParentNode, id) === at) {
      steps.unshift(id);
      break;
    }
    const name = at.localName;
    if (at === document.body) {
      steps.unshift(name);
      break;
    }
    let place = 0;
    for (let same: Element | null = at; same; same = same.previousElementSibling) if (same.localName === name) place++;
    // The first of a shadow root stands in no element: without that, the path would fit deeper ones too.
    steps.unshift(`${CSS.escape(name)}:nth-of-type(${place})${at.parentElement ? "" : ":not(* *)"}`);
  }
  return steps.join(">");
}
