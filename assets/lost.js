// The line of a screen that lost the room, or whose pictures do not arrive: since when, with the day, and how old its facts are.
(() => {
  const PATIENCE = 2, LATE = 60_000, DAY = 86_400_000;
  let failures = 0, store = false, heard = null, facts = null, late = null;

  // The room's clock goes on while the room is silent: by the browser's own steps, whatever day it takes it for.
  const now = () => heard.at + (performance.now() - heard.told);
  const zone = () => document.getElementById("board")?.dataset.zone || undefined;
  const words = (options) => new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: zone(), ...options });
  const day = (at) => words({ weekday: "long", day: "numeric", month: "long", ...(now() - at > 300 * DAY ? { year: "numeric" } : {}) }).format(at);
  const clock = (at) => words({ hour: "2-digit", minute: "2-digit" }).format(at);
  const midnight = (at) => Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone: zone(), year: "numeric", month: "2-digit", day: "2-digit" }).format(at));
  const moment = (at) => `${day(at)}, ${clock(at)}`;

  function age() {
    if (!facts) return "";
    const days = Math.round((midnight(now()) - midnight(facts)) / DAY);
    const old = days < 1 ? "from today" : days === 1 ? "from yesterday" : `${days} days old, from ${day(facts)}`;
    return ` The newest fact here is ${old}.`;
  }

  function said() {
    if (failures >= PATIENCE) {
      const who = store ? "The room cannot read its store" : "No answer from the room";
      return heard ? `${who} since ${moment(heard.at)}.${age()}` : `${who}${store ? "" : " yet"}.`;
    }
    if (heard?.gone) return heard.gone;
    if (late && heard) return `Newer pictures have not arrived since ${moment(now() - (Date.now() - late))}.${age()}`;
    return "";
  }

  function show() {
    const note = document.getElementById("lost");
    if (!note) return;
    const text = said();
    if (note.textContent !== text) note.textContent = text;
    note.hidden = !text;
    document.body.classList.toggle("is-lost", Boolean(text));
  }

  addEventListener("room:answered", ({ detail: { at, newest, gone } }) => {
    failures = 0;
    heard = { at: Date.parse(at), told: performance.now(), gone };
    if (newest !== undefined) facts = newest && Date.parse(newest);
    show();
  });
  addEventListener("room:silent", ({ detail }) => {
    store = Boolean(detail?.store);
    failures = store ? PATIENCE : failures + 1;
    show();
  });
  addEventListener("room:late", ({ detail }) => {
    const first = Math.min(...detail);
    late = Date.now() - first > LATE ? first : null;
    show();
  });
})();
