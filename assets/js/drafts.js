// What a person has typed and not sent, and what waits for the network: kept in this browser, for each person apart, until the room has it.
const DRAFT = "room:draft:", WAITING = "room:waiting:", KEY_BYTES = 16;

// Where it is kept: nowhere where a browser keeps nothing.
const place = () => { try { return localStorage; } catch { return null; } };
const read = (name, kept) => { try { return JSON.parse(kept?.getItem(name) ?? "null"); } catch { return null; } };
const write = (name, value, kept) => { try { if (value) kept?.setItem(name, JSON.stringify(value)); else kept?.removeItem(name); } catch { /* it is full */ } };

// The fields of a form, by name and in order, as they were when somebody wrote into it last.
export const draft = (who, form, kept = place()) => read(`${DRAFT}${who}:${form}`, kept);
export const setDraft = (who, form, fields, kept = place()) => write(`${DRAFT}${who}:${form}`, fields, kept);

// Forms that were sent without an answer, the oldest first: {form, address, body, key, page, seen}.
export const waiting = (who, kept = place()) => read(WAITING + who, kept) ?? [];
const setWaiting = (who, forms, kept) => write(WAITING + who, forms.length ? forms : null, kept);

// One more form that waits; of what is about one record, the newest takes the place of the one before.
export function wait(who, sent, kept = place()) {
  const others = waiting(who, kept).filter((other) => other.key !== sent.key && !(sent.seen && other.form === sent.form));
  setWaiting(who, [...others, sent], kept);
}
export const sent = (who, key, kept = place()) => setWaiting(who, waiting(who, kept).filter((other) => other.key !== key), kept);

// Whoever signs out leaves nothing behind on a tablet that others use.
export function forget(who, kept = place()) {
  if (!kept) return;
  Object.keys(kept).filter((name) => name.startsWith(`${DRAFT}${who}:`) || name === WAITING + who).forEach((name) => kept.removeItem(name));
}

// A key that no other form has: the room takes what comes with it once. Without https a browser has no randomUUID.
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(KEY_BYTES))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
