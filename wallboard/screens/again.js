// Loads the page again, once it is known to answer, where a part of it never arrived: a script, a style, a chart's library.
(() => {
  const FIRST = 15, MOST = 600, CHECK = 30_000;
  const tries = () => { try { return Number(sessionStorage.getItem("room:again")) || 0; } catch { return 6; } };
  const count = (n) => { try { if (n) sessionStorage.setItem("room:again", n); else sessionStorage.removeItem("room:again"); } catch { /* nothing is kept here */ } };
  let due = false, missed = false;
  async function ask() {
    try {
      if ((await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(15_000) })).ok) {
        count(tries() + 1);
        return location.reload();
      }
    } catch { /* asked again */ }
    return setTimeout(ask, 1000 * FIRST);
  }
  function again() {
    if (!due) setTimeout(ask, 1000 * Math.min(MOST, FIRST * 2 ** tries()));
    due = true;
  }
  addEventListener("error", ({ target }) => { if (["SCRIPT", "LINK"].includes(target?.tagName)) again(); }, true);
  setInterval(() => {
    const whole = document.getElementById("screen")?.childElementCount && document.documentElement.matches(".runs");
    const drawn = [...document.querySelectorAll(".dash-graph")].every((graph) => graph.querySelector(".js-plotly-plot"));
    if (whole && drawn && !due) { missed = false; count(0); return; }
    if (missed) again();
    missed = true;
  }, CHECK);
})();
