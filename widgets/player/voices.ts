/** Which of a device's voices may read Vietnamese: only those that are Vietnamese. */

/** What of a `SpeechSynthesisVoice` decides. */
export interface Voice {
  lang: string;
  name: string;
  localService: boolean;
}

/** `vi`, `vi-VN`, `vi_VN`, `vie`, `vie-VNM…`: platforms write it in all these ways. Nothing else will do. */
export function isVietnamese(voice: Voice): boolean {
  return /^vie?([-_]|$)/i.test(voice.lang);
}

/**
 * The voice to use, or null. Voices on the device go first: an online voice sends the text to its maker.
 */
export function choose<V extends Voice>(voices: readonly V[]): V | null {
  const vietnamese = voices.filter(isVietnamese);
  return vietnamese.find((voice) => voice.localService) ?? vietnamese[0] ?? null;
}
