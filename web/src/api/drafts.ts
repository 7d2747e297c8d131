// What was typed and not sent yet, kept in this browser for the one who typed it. It goes when it is sent, when he signs out, and when
// somebody else signs in here.

const prefix = 'daifuku.draft.';

function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined; // switched off in this browser: nothing is kept
  }
}

const keyOf = (user: string, place: string) => `${prefix}${user}.${place}`;

export function keepDraft(user: string, place: string, draft: unknown): void {
  try {
    storage()?.setItem(keyOf(user, place), JSON.stringify(draft));
  } catch {
    // Full: the draft stays on the screen only.
  }
}

export function draftOf(user: string, place: string): unknown {
  try {
    return JSON.parse(storage()?.getItem(keyOf(user, place)) ?? 'null');
  } catch {
    return null;
  }
}

export function dropDraft(user: string, place: string): void {
  storage()?.removeItem(keyOf(user, place));
}

/** Removes the drafts of everybody, or of everybody but one. */
export function dropDrafts(except?: string): void {
  const kept = storage();
  if (!kept) return;
  for (const key of Object.keys(kept))
    if (key.startsWith(prefix) && !(except && key.startsWith(keyOf(except, '')))) kept.removeItem(key);
}
