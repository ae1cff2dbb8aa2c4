// What comes first, and what comes next.
const AT_ONCE = 4, HIDDEN_AT_ONCE = 2;

// The pictures to ask for now, while `busy` others are on their way: first what is seen, and of the other scenes a few at a time.
export function toAsk(ids, isSeen, busy) {
  const seen = ids.filter(isSeen).slice(0, Math.max(0, AT_ONCE - busy));
  return [...seen, ...ids.filter((id) => !isSeen(id)).slice(0, Math.max(0, HIDDEN_AT_ONCE - busy - seen.length))];
}

// All of a loop but the one at `at`, in the order in which they follow it.
export const others = (loop, at) => [...loop.slice(at + 1), ...loop.slice(0, at)];

// Which slot of a turn is due so many seconds after the first turn began.
export function slotAt(slots, seconds) {
  let left = seconds % slots.reduce((sum, slot) => sum + slot.seconds, 0);
  const at = slots.findIndex((slot) => { left -= slot.seconds; return left < 0; });
  return at < 0 ? slots.length - 1 : at;
}
