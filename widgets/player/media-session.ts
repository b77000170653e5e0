/** Title and buttons on the lock screen and on headphones, so that listening goes on in a pocket. */

import type { Reading } from "../core/reading.ts";
import type { ArticleAudio } from "./audio.ts";

/** A step of a button that does not say how far, in seconds. */
const STEP = 10;

export function announceMedia({ article }: Reading, voice: ArticleAudio): void {
  const session = navigator.mediaSession;
  if (!session) return;
  session.metadata = new MediaMetadata({ title: article.title, artist: location.hostname });
  // Before the beginning the browser stays at the beginning.
  const by = (seconds: number) => voice.go(voice.ms + seconds * 1000);
  const handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => voice.play(),
    pause: () => voice.pause(),
    previoustrack: () => voice.skip(-1, "sentence"),
    nexttrack: () => voice.skip(1, "sentence"),
    seekbackward: ({ seekOffset }) => by(-(seekOffset ?? STEP)),
    seekforward: ({ seekOffset }) => by(seekOffset ?? STEP),
    seekto: ({ seekTime }) => voice.go(seekTime! * 1000),
  };
  for (const action in handlers) {
    try {
      session.setActionHandler(action as MediaSessionAction, handlers[action as MediaSessionAction]!);
    } catch {
      /* A browser may not know an action. */
    }
  }
}
