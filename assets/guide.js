// A guided walk: walls and followers ask where it stands, go there in place, open what is shown, and return to their loop after it.
(() => {
  const OPENING = ["mission", "voice"], EVERY = 250, DRIFT = 3000, AGAIN = 3000, HOME = "room:home", VISIT = "room:visit", VISIT_S = 120;
  const asked = () => new URLSearchParams(location.search);
  const name = asked().get("screen") || `guest ${Math.random().toString(36).slice(2, 8)}`;
  const atFollow = () => location.pathname === "/follow";
  const walked = () => location.pathname === "/journey" || location.pathname.startsWith("/journey/");
  const isWall = () => location.pathname.startsWith("/wall/") && asked().has("screen");
  const taken = () => walked() && (asked().has("follow") || (asked().has("screen") && Boolean(home())));
  const follows = () => atFollow() || isWall() || taken();
  const home = () => { try { return sessionStorage.getItem(HOME); } catch { return null; } };
  const stored = (name, value) => { try { if (value) sessionStorage.setItem(name, value); else sessionStorage.removeItem(name); } catch { /* nothing is kept here */ } };
  const visits = () => { try { return Boolean(sessionStorage.getItem(VISIT)); } catch { return false; } };
  room.follows = follows;
  let timer = null, now = null, sent = "", wentTo = "", wentAt = 0, touched = Date.now();

  // ---- from a place of the walk to the address that shows it ----
  function address(place) {
    const [stage, part] = place.split("/");
    const path = OPENING.includes(stage) ? `/journey?scene=${stage}` : stage === "map" ? "/journey" : `/journey/${stage}`;
    const to = new URL(part ? `${path}?scene=${part}` : path, location.origin);
    ["screen", "perimeter"].forEach((key) => { if (asked().has(key)) to.searchParams.set(key, asked().get(key)); });
    if (!asked().has("screen")) to.searchParams.set("follow", asked().get("follow") || "1");
    return to;
  }

  const isAt = (to) => location.pathname === to.pathname && (asked().get("scene") || "") === (to.searchParams.get("scene") || "");

  function go(to) {
    if (wentTo === to.href && Date.now() - wentAt < AGAIN) return;
    [wentTo, wentAt] = [to.href, Date.now()];
    if (document.getElementById("board")) dispatchEvent(new CustomEvent("room:go", { detail: `${to.pathname}${to.search}` }));
    else room.goTo(to);
  }

  function leave() {
    if (!walked()) stored(HOME, atFollow() ? "/follow" : `${location.pathname}${location.search}`);
    stored(VISIT, "");
  }

  async function back() {
    if (!now?.walk) stop();
    if (!taken() || (visits() && Date.now() - touched < 1000 * (Number(asked().get("idle")) || VISIT_S))) return;
    const to = home() || (asked().has("follow") ? "/follow" : null);
    if (to && !(await room.goTo(to))) return;
    [HOME, VISIT].forEach((name) => stored(name, ""));
  }

  // Somebody at a wall touches the way to a stage: the wall goes there as itself, and comes home when nobody touches it any more.
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.("a[href]"), to = way && new URL(way.href);
    if (!isWall() || !to || to.origin !== location.origin || !(to.pathname === "/journey" || to.pathname.startsWith("/journey/"))) return;
    event.preventDefault();
    leave();
    stored(VISIT, "yes");
    ["screen", "idle"].forEach((key) => { if (asked().has(key)) to.searchParams.set(key, asked().get(key)); });
    room.goTo(to);
  });
  ["pointerdown", "pointermove", "keydown", "wheel"].forEach((one) => addEventListener(one, () => { touched = Date.now(); }, { capture: true, passive: true }));

  // ---- where the walk stands ----
  async function ask() {
    try {
      const response = await room.request(`/walk/now?${new URLSearchParams({ from: name })}`, { limit: 4000 });
      if (!response.ok) throw new Error(response.status);
      now = await response.json();
      now.heard = performance.now();
    } catch { return; }
    if (!now.held) return back();
    leave();
    const to = address(now.place);
    if (!isAt(to)) { sent = ""; return go(to); }
    show();
  }

  // What is shown is told once for each change, and again when the stage has been drawn anew.
  function show() {
    const sound = Boolean(now.sounding) && now.sounding === name;
    const state = [now.seq, sound, now.playing ? Math.floor(performance.now() / DRIFT) : ""].join(" ");
    if (state === sent) return;
    sent = state;
    if (!now.item && !document.querySelector("[data-media]")) return;
    const second = now.second + (now.playing ? (performance.now() - now.heard) / 1000 : 0);
    dispatchEvent(new CustomEvent("room:item", { detail: { item: now.item, playing: now.playing, second, sound } }));
  }

  const run = () => { timer = setTimeout(() => ask().finally(() => { if (timer) run(); }), EVERY); };
  function start() {
    if (timer || !follows()) return;
    run();
  }
  function stop() {
    clearTimeout(timer);
    timer = null;
    now = null;
    sent = "";
  }

  // The page that waits says who leads, or that nobody does.
  async function wait() {
    try {
      const said = await room.json("/walk/now", { limit: 4000 });
      const page = document.querySelector("main.follow");
      if (!page || said.held) return;
      page.querySelector("h1").textContent = said.walk ? `${said.presenter} leads a walk` : "No walk just now";
      page.querySelector("h1 + p").textContent = said.walk
        ? "It rests just now. This page goes along as soon as it goes on."
        : "Stay on this page: it goes along as soon as somebody begins one.";
    } catch { /* the next pulse asks again */ }
  }

  addEventListener("room:walk", (event) => {
    if (!event.detail && atFollow()) wait();
    document.documentElement.classList.toggle("walk-on", Boolean(event.detail));
    if (event.detail || event.rests) return start();
    now = null;
    return timer || taken() ? back() : undefined;
  });
  ["room:painted", "room:arrived"].forEach((one) => addEventListener(one, () => { sent = ""; }));
})();
