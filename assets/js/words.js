// Numbers and moments as a person reads them.
const DAY = 86_400_000;

export const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
export const hours = (seconds) => (seconds < 3600 ? minutes(seconds) : `${Math.floor(seconds / 3600)}:${minutes(seconds % 3600).padStart(5, "0")}`);
export const count = (n, singular, plural) => `${n} ${n === 1 ? singular : plural}`;

// Days and times of day in a language and a zone, seen from `now` (milliseconds, as all of them).
export function moments(language, timeZone, now) {
  const written = (options, locale = language) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const midnight = (at) => Date.parse(written({ year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA").format(at));
  const day = (at) => written({ weekday: "long", day: "numeric", month: "long", ...(now - at > 300 * DAY ? { year: "numeric" } : {}) }).format(at);
  const moment = (at) => `${day(at)}, ${written({ hour: "2-digit", minute: "2-digit" }).format(at)}`;
  function age(at) {
    const days = Math.round((midnight(now) - midnight(at)) / DAY);
    return days < 1 ? "from today" : days === 1 ? "from yesterday" : `${days} days old, from ${day(at)}`;
  }
  return { moment, age };
}
