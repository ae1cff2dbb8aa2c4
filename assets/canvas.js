// One canvas, at least 1920 by 1080, scaled to the glass: 4K is 1080p made finer. A tall glass (a phone) reads downwards.
(() => {
  const WIDTH = 1920, HEIGHT = 1080, NARROW = 1000, TALL = 1.2;
  function fit() {
    const { innerWidth: width, innerHeight: height } = window, tall = width / height < TALL;
    const zoom = tall ? width / NARROW : Math.min(width / WIDTH, height / HEIGHT);
    const root = document.documentElement;
    root.style.setProperty("--zoom", zoom);
    root.style.setProperty("--canvas-width", `${width / zoom}px`);
    root.style.setProperty("--canvas-height", `${height / zoom}px`);
    root.classList.toggle("tall", tall);
    dispatchEvent(new CustomEvent("room:fitted"));
  }
  addEventListener("resize", fit);
  fit();

  // Rows that do not fit their list are taken off the end, and how many is said; data-beyond counts those that were never drawn.
  // A list that is "noted" says it beside its headline and keeps the room for a row.
  function trim(list) {
    const rows = [...list.children].filter((row) => !row.classList.contains("more"));
    rows.forEach((row) => { row.hidden = false; });
    list.querySelector(":scope > .more")?.remove();
    const beyond = Number(list.dataset.beyond || 0), aside = list.classList.contains("noted") ? list.closest(".frame")?.querySelector("header .aside") : null;
    aside?.querySelector(".left-out")?.remove();
    if (list.clientHeight === 0 || (!beyond && list.scrollHeight <= list.clientHeight + 1)) return;
    const more = document.createElement(aside ? "span" : "li");
    more.className = aside ? "left-out" : "more";
    const say = (count) => { more.textContent = aside ? `\u00a0· ${count} not shown` : `and ${count} more`; };
    say(beyond);
    if (aside) aside.append(more);
    else if (!list.classList.contains("silent")) list.append(more);
    for (let left = rows.length - 1; left > 0 && list.scrollHeight > list.clientHeight + 1; left -= 1) {
      rows[left].hidden = true;
      say(rows.length - left + beyond);
    }
    if (!beyond && !rows.some((row) => row.hidden)) more.remove();
  }
  // What is painted within a moment is fitted together, not each panel of it three times.
  let due = [];
  const settle = () => {
    due.forEach(clearTimeout);
    due = [0, 150, 600].map((wait) => setTimeout(trimAll, wait));
  };
  const trimAll = () => {
    document.querySelectorAll(".scene.shown ul.trim").forEach(trim);
    window.room.fit?.(); // assets/fit.js
  };
  Object.assign(window.room ||= {}, { trim, trimAll });
  ["room:painted", "room:turned", "room:fitted"].forEach((name) => addEventListener(name, settle));
  document.fonts?.ready.then(trimAll);
})();
