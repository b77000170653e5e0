/** Title and buttons on the lock screen and on headphones, so that listening goes on in a pocket. */

import type { Reading } from "../core/reading.ts";
import type { ArticleAudio } from "./audio.ts";

export function announceMedia(reading: Reading, voice: ArticleAudio): void {
  if (!("mediaSession" in navigator)) return;
  const session = navigator.mediaSession;
  session.metadata = new MediaMetadata({ title: reading.article.title, artist: location.hostname });
  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ["play", () => voice.play()],
    ["pause", () => voice.pause()],
    ["previoustrack", () => voice.skip(-1, "sentence")],
    ["nexttrack", () => voice.skip(1, "sentence")],
    ["seekbackward", ({ seekOffset }) => voice.go(Math.max(0, voice.ms - (seekOffset ?? 10) * 1000))],
    ["seekforward", ({ seekOffset }) => voice.go(voice.ms + (seekOffset ?? 10) * 1000)],
    ["seekto", ({ seekTime }) => voice.go((seekTime ?? 0) * 1000)],
  ];
  for (const [action, handler] of handlers) {
    try {
      session.setActionHandler(action, handler);
    } catch {
      /* A browser may not know an action. */
    }
  }
  voice.addEventListener("change", () => {
    session.playbackState = voice.playing ? "playing" : "paused";
  });
}
