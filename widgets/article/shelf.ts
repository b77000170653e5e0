/** What is kept in this browser by name, the latest of it. */

import { keep, recall } from "../core/preferences.ts";

/** All that stands on a shelf. */
export const shelf = <T>(name: string) => recall<Record<string, T>>(name, {});

/** Puts something on a shelf, at the end; `most` of the latest stay. Nothing takes away what stood there. */
export function shelve<T>(name: string, key: string, value: T | undefined, most: number): void {
  const { [key]: _, ...others } = shelf<T>(name);
  keep(name, Object.fromEntries([...Object.entries(others), [key, value]].slice(-most)));
}
