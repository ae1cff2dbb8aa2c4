// Sizes and places, in pixels.
export const within = (value, low, high) => Math.min(high, Math.max(low, value));

// How far a rectangle leaves a box; below 0 where it is inside.
export const beyond = (rect, box) => Math.max(box.left - rect.left, rect.right - box.right, box.top - rect.top, rect.bottom - box.bottom);

// The canvas is at least 1920 by 1080, scaled to the glass: 4K is 1080p made finer. A tall glass reads downwards on a canvas 1000
// wide: a phone all scenes, one below the other; what is wide enough for a wall (portrait) one scene at a time.
export function canvas(width, height) {
  const tall = width / height < 1.2, zoom = tall ? width / 1000 : Math.min(width / 1920, height / 1080);
  return { tall, portrait: tall && width >= 700, zoom, width: width / zoom, height: height / zoom };
}

// A drag across turns to the next (1) or back (-1); one that is short or rather upright does not (0).
export const swipe = (x, y, least, slope = 1) => (Math.abs(x) < least || Math.abs(x) < slope * Math.abs(y) ? 0 : x < 0 ? 1 : -1);

// A picture enlarged by `factor` about the point `at`, within the scales `least` and `most`: what lies under the finger stays there.
export function zoomed({ scale, x, y }, factor, at, least, most) {
  const larger = within(scale * factor, least, most), by = larger / scale;
  return { scale: larger, x: at.x - (at.x - x) * by, y: at.y - (at.y - y) * by };
}

const meets = (a, b) => Math.min(a.right, b.right) > Math.max(a.left, b.left) && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.3 * (a.bottom - a.top);

// How far a box goes down (up where negative) until it meets none of the others, as little as possible and not beyond `within`; 0 where
// it meets none, null where it has no such place. A line is higher than its letters: a third of it may be shared.
export function freed(box, others, within) {
  const high = box.bottom - box.top, at = (by) => ({ ...box, top: box.top + by, bottom: box.bottom + by });
  const ways = [0, ...others.flatMap((other) => [other.bottom - 0.25 * high - box.top, other.top + 0.25 * high - box.bottom])];
  const stands = (by) => !others.some((other) => meets(at(by), other)) && (by === 0 || (at(by).top >= within.top && at(by).bottom <= within.bottom));
  const nearest = ways.filter(stands).sort((a, b) => Math.abs(a) - Math.abs(b));
  return nearest.length ? nearest[0] : null;
}
