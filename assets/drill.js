// One touch on a number or on a panel's head opens what is behind it; Close, Escape or an idle minute goes back to the loop.
(() => {
  const IDLE = 1000 * (Number(new URLSearchParams(location.search).get("idle")) || 60);
  const OPENS = "[data-figure], .frame > header, .frame.bare > .age";
  const OTHERS = "a, button, summary, input, select, textarea, audio, video, img.zoom";
  let asked = 0, touched = 0, opener = null;

  const sheet = () => document.getElementById("sheet");
  const isOpen = () => document.body.classList.contains("sheet-open");
  const fill = (children) => window.dash_clientside?.set_props("sheet-said", { children });
  const sentence = (words) => ({ type: "P", namespace: "dash_html_components", props: { children: words, className: "waiting" } });

  // Links and buttons within a panel keep their own meaning, unless the number itself is nearer.
  function opening(target) {
    const near = target.closest?.(`${OPENS}, ${OTHERS}`);
    return near?.matches(OPENS) && near.closest(".board .frame") ? near : null;
  }

  async function open(element) {
    const board = document.getElementById("board"), mine = (asked += 1);
    const said = new URLSearchParams({ path: location.pathname });
    const screen = new URLSearchParams(location.search).get("screen");
    if (screen) said.set("screen", screen);
    if (board.dataset.perimeter) said.set("perimeter", board.dataset.perimeter);
    if (element.dataset.figure) said.set("figure", element.dataset.figure);
    opener = element;
    touched = Date.now();
    fill([sentence("looking it up …")]);
    document.body.classList.add("sheet-open");
    [...board.children].forEach((one) => { one.inert = one !== sheet(); });
    document.getElementById("sheet-said").scrollTop = 0;
    sheet().querySelector(".close").focus();
    const children = await answer(`/source/${element.closest(".frame").id}?${said}`);
    if (mine === asked && isOpen()) fill(children);
  }

  async function answer(address) {
    try {
      const said = await room.json(address, { limit: 20000 });
      return said.children || [sentence(said.gone)];
    } catch {
      return [sentence("The room does not answer just now. Try again in a moment.")];
    }
  }

  // Cells become text, never markup.
  function lay(place) {
    const { head, numbers, rows } = JSON.parse(place.dataset.table), table = document.createElement("table");
    const line = (cells, kind) => {
      const row = document.createElement("tr");
      cells.forEach((cell, n) => {
        const one = document.createElement(kind);
        one.textContent = cell;
        if (kind === "th") one.scope = "col";
        if (numbers[n]) one.className = "n";
        row.append(one);
      });
      return row;
    };
    table.createTHead().append(line(head, "th"));
    table.createTBody().append(...rows.map((row) => line(row, "td")));
    place.replaceChildren(table);
  }
  new MutationObserver(() => {
    if (isOpen()) document.querySelectorAll("#sheet .table[data-table]:not(:has(table))").forEach(lay);
  }).observe(document.documentElement, { childList: true, subtree: true });

  function close() {
    if (!isOpen()) return;
    asked += 1;
    document.body.classList.remove("sheet-open");
    [...(document.getElementById("board")?.children || [])].forEach((one) => { one.inert = false; });
    fill([]);
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    document.activeElement?.blur();
    dispatchEvent(new CustomEvent("room:closed"));
  }

  document.addEventListener("click", (event) => {
    if (isOpen()) {
      const jump = event.target.closest("#sheet [data-jump]");
      if (jump) document.getElementById(jump.dataset.jump)?.scrollIntoView({ behavior: "smooth" });
      return event.target.closest("#sheet .close") ? close() : undefined;
    }
    const element = opening(event.target);
    if (element) open(element);
  });
  addEventListener("keydown", (event) => {
    touched = Date.now();
    if (isOpen()) {
      event.stopPropagation();
      if (event.key === "Escape") close();
    } else if (event.key === "Enter" && event.target.matches?.(OPENS)) {
      event.preventDefault();
      open(event.target);
    }
  }, true);
  ["pointerdown", "pointermove", "wheel", "touchmove"].forEach((name) => addEventListener(name, () => { touched = Date.now(); }, { capture: true, passive: true }));
  addEventListener("room:arrived", close);
  setInterval(() => { if (isOpen() && Date.now() - touched > IDLE) close(); }, 250);

  // What opens can be reached without a finger; only what is on show, for a hidden scene cannot have the focus.
  const reachable = () => document.querySelectorAll(OPENS).forEach((one) => {
    if (!one.closest(".board .frame")) return;
    one.tabIndex = 0;
    one.setAttribute("aria-haspopup", "dialog");
  });
  addEventListener("room:painted", reachable);
})();
