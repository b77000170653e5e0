/**
 * Style sheets with blanks, for what only the page and the reader's choices can say: `:--name` stands for
 * selectors, `var(--name)` for a value.
 */

import texts from "sheets";

/** A blank without a text, or with 0, has nothing to stand for. */
export type Blanks = Record<string, string | number | boolean | undefined>;

/** Fills the blanks; a rule with one that has nothing to stand for is left out, so one sheet serves all choices. */
export function fill(sheet: number, blanks: Blanks): string {
  return texts[sheet]!.replace(/[^{}]+{[^{}]*}/g, (rule) => {
    let whole = true;
    const filled = rule.replace(/:--(\w+)|var\(--(\w+)\)/g, (_, selector: string | undefined, value: string) => {
      const text = blanks[selector ?? value];
      whole &&= Boolean(text);
      return String(text);
    });
    return whole ? filled : "";
  });
}
