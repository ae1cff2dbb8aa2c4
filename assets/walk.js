// The walk: from stage to stage in place, by keys, touch, a presenter's clicker, or an order from afar (room:go).
// The neighbours are fetched ahead with their pictures; the old stage stays until the new one is ready.
(() => {
  const KEPT = ["screen", "follow", "perimeter"], OPENING = ["mission", "voice"];
  const KEEP_MS = 120_000, PATIENCE_MS = 1500, SWIPE = 110;
  const fetched = new Map();
  let heading = null, steps = 0;
  const board = () => document.querySelector(".board.walk");
  const walked = (path) => path === "/journey" || path.startsWith("/journey/");

  function address(wanted) {
    const to = new URL(wanted, location.href), said = new URLSearchParams(location.search);
    KEPT.filter((name) => said.has(name) && !to.searchParams.has(name)).forEach((name) => to.searchParams.set(name, said.get(name)));
    return to;
  }

  // ---- fetched ahead ----
  // What is seen at once: of an album its first thing.
  function* sources(part) {
    if (Array.isArray(part)) for (const one of part) yield* sources(one);
    else if (part?.props && (part.type !== "Figure" || /\bshown\b/.test(part.props.className))) {
      if (part.type === "Img" && part.props.src) yield part.props.src;
      yield* sources(part.props.children);
    }
  }

  const decoded = (source) => { const image = new Image(); image.src = source; return image.decode().then(() => image, () => null); };
  const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

  async function whole(to) {
    const asked = new URLSearchParams(to.search);
    asked.set("path", to.pathname);
    const response = await room.request(`/board?${asked}`);
    if (!response.ok) throw new Error(response.status);
    const text = await response.text();
    if (JSON.parse(text).gone) return { gone: true };
    const images = Promise.all([...new Set(sources(JSON.parse(text).board))].map(decoded));
    await Promise.race([images, wait(PATIENCE_MS)]);
    return { text, images };
  }

  function ahead(to, most = KEEP_MS) {
    const known = fetched.get(to.href);
    if (known && Date.now() - known.at < most) return known.promise;
    const promise = whole(to);
    fetched.set(to.href, { at: Date.now(), promise });
    promise.catch(() => { if (fetched.get(to.href)?.promise === promise) fetched.delete(to.href); });
    return promise;
  }

  // ---- going ----
  async function go(wanted, { push = true } = {}) {
    const to = address(wanted), step = (steps += 1);
    if (!document.getElementById("board") || !walked(to.pathname)) return room.goTo(to);
    heading = to;
    try {
      const { text } = await ahead(to);
      if (step !== steps || !text) return undefined;
      if (push && to.href !== location.href) history.pushState({}, "", to);
      window.dash_clientside.set_props("screen", { children: JSON.parse(text).board });
      await stands(to);
    } catch { /* no such place, or no answer: the walk stays where it is */ }
    finally { if (step === steps) heading = null; }
    return undefined;
  }

  // React has put the board in place once a panel of it is there.
  async function stands(to) {
    for (let frames = 0; frames < 120; frames += 1) {
      const said = document.getElementById("board")?.dataset;
      if (said?.path === to.pathname && said.pinned === (to.searchParams.get("scene") || "")) break;
      await new Promise(requestAnimationFrame);
    }
    document.querySelectorAll("#board > .scene").forEach((scene) => scene.classList.add("shown"));
    dispatchEvent(new CustomEvent("room:arrived", { detail: to.pathname }));
    dispatchEvent(new CustomEvent("room:turned"));
    prepare();
  }

  // ---- where one can go from here ----
  const scenes = () => (board()?.dataset.scenes || "").split(" ").filter(Boolean);
  function spine() {
    const opening = location.pathname === "/journey" ? OPENING.filter((name) => scenes().includes(name)) : [];
    const stages = [...document.querySelectorAll(".rail li a")].map((way) => new URL(way.href).pathname);
    return [...opening.map((name) => `/journey?scene=${name}`), "/journey", ...stages, "/journey/end"];
  }

  function along(step) {
    const ways = spine(), at = heading || new URL(location.href), scene = at.searchParams.get("scene");
    const here = OPENING.includes(scene) ? ways.indexOf(`/journey?scene=${scene}`) : ways.indexOf(at.pathname);
    return here < 0 ? null : ways[here + step];
  }

  function across(step) {
    const at = heading || new URL(location.href), names = scenes().filter((name) => !OPENING.includes(name));
    const name = names[Math.max(0, names.indexOf(at.searchParams.get("scene"))) + step];
    return name && `${at.pathname}${name === names[0] ? "" : `?scene=${name}`}`;
  }

  function underline() {
    const shown = new URLSearchParams(location.search).get("scene") || scenes()[0];
    document.querySelectorAll(".tabs a").forEach((tab) => tab.classList.toggle("here", tab.dataset.tab === shown));
  }

  let preparing = 0;
  function prepare() {
    clearTimeout(preparing);
    preparing = setTimeout(async () => {
      for (const way of [along(1), along(-1), across(1), across(-1)]) if (way) await ahead(address(way), 20_000).catch(() => null);
    }, 120);
  }

  addEventListener("room:go", (event) => go(event.detail));
  addEventListener("room:painted", () => { underline(); if (board() && !document.querySelector(".scene.shown .waiting")) prepare(); });
  addEventListener("popstate", (event) => {
    if (!board()) return;
    if (!walked(location.pathname)) { room.goTo(); return; }
    event.stopImmediatePropagation();
    go(location.href, { push: false });
  });

  const STEPS = { ArrowRight: [along, 1], PageDown: [along, 1], ArrowLeft: [along, -1], PageUp: [along, -1], ArrowDown: [across, 1], ArrowUp: [across, -1] };
  addEventListener("keydown", (event) => {
    const [way, step] = STEPS[event.key] || [];
    if (!way || !board() || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.matches?.("input, textarea, select, [role=slider]") && event.key.startsWith("Arrow")) return;
    if (document.body.matches(".sheet-open, .voices-open")) return;
    event.preventDefault();
    const to = way(step);
    if (to) go(to);
  });

  document.addEventListener("click", (event) => {
    const way = event.target.closest?.(".board.walk a[href]");
    if (!way || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || way.target) return;
    const to = new URL(way.href);
    if (to.origin !== location.origin || !walked(to.pathname)) return;
    event.preventDefault();
    go(to);
  });

  // A finger drawn across the stage turns to the next one; pictures, paper and sound keep their own touch.
  document.addEventListener("dragstart", (event) => { if (board()) event.preventDefault(); });
  let from = null;
  document.addEventListener("pointerdown", (event) => {
    const own = event.target.closest?.(".album .shown, .wave, .compare, input, button, #zoomed");
    from = board() && !own && event.isPrimary ? { x: event.clientX, y: event.clientY } : null;
  });
  document.addEventListener("pointerup", (event) => {
    if (!from) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    from = null;
    if (Math.abs(x) < SWIPE || Math.abs(x) < 2 * Math.abs(y)) return;
    const to = along(x < 0 ? 1 : -1);
    if (to) go(to);
  });
})();
