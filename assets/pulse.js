// The pulse: every two seconds a screen asks what it should show, and fetches only the pictures that have changed.
(() => {
  const EVERY = 2000, ROOT_MISSING = 5000, AT_ONCE = 4, HIDDEN_AT_ONCE = 2, PICTURE_LIMIT = 20_000;
  const shown = new Map(), asking = new Set(), tried = new Set(), due = new Map();
  let isLeaving = false, wanted = null, tokens = {}, state = "", answered = false, lastScene = null, missingSince = null, boardSeen = null;
  const build = document.documentElement.dataset.build;
  const kept = {
    get: (name) => { try { return sessionStorage.getItem(`room:${name}`); } catch { return null; } },
    set: (name, value) => { try { sessionStorage.setItem(`room:${name}`, value); } catch { /* nothing is kept here */ } },
  };
  const launch = launchOf();
  const board = () => document.getElementById("board");
  const tell = (name, detail) => dispatchEvent(new CustomEvent(name, { detail }));

  // One name for one launch of a browser (kiosk.sh gives one): another one that shows the same address is not mistaken for it.
  function launchOf() {
    const name = new URLSearchParams(location.search).get("launch") || kept.get("launch") || Math.random().toString(36).slice(2, 10);
    kept.set("launch", name);
    return name;
  }

  const query = (extra = {}) => {
    const asked = new URLSearchParams(location.search);
    const said = new URLSearchParams({ path: location.pathname, screen: asked.get("screen") || anonymous(), ...extra });
    if (board()?.dataset.perimeter) said.set("perimeter", board().dataset.perimeter);
    return said;
  };
  const anonymous = () => `${location.pathname.startsWith("/room") ? "console" : location.pathname.slice(1).replaceAll("/", " ") || "lobby"} (no name)`;

  async function pulse() {
    try {
      const response = await room.request(`/pulse?${query({ launch, ...(boardSeen === board() ? { state } : {}) })}`, { limit: 5000 });
      const said = await response.json();
      if (!response.ok || !said.build) throw Object.assign(new Error(response.status), { store: response.status === 503 && Boolean(said.problem) });
      answered = true;
      if (said.build !== build && !document.body.classList.contains("is-writing")) return await room.goTo();
      tell("room:answered", said);
      dispatchEvent(Object.assign(new CustomEvent("room:walk", { detail: said.walk }), { rests: said.rests }));
      if (board() && !said.gone) follow(said);
    } catch (problem) {
      answered = false;
      tell("room:silent", problem);
      turnOn();
    }
    return undefined;
  }

  function follow(said) {
    if (boardSeen !== board()) adopt();
    if (said.tokens) ({ tokens, state } = said);
    document.querySelectorAll(".place").forEach((one) => { one.textContent = said.place; });
    const scene = board().dataset.pinned || said.scene;
    [isLeaving, wanted] = [leaves(said), scene];
    wait(outdated());
    tried.clear();
    paintNext();
    if (scene !== lastScene && ready(scene) && isFree()) turn(scene);
  }

  // A wall that is about to join a walk asks for nothing of its loop: the walk would wait behind it.
  const leaves = (said) => said.walk && room.follows?.() && board().matches(".wall");

  const outdated = () => (isLeaving ? [] : Object.entries(tokens).filter(([id, token]) => shown.get(id) !== token && document.getElementById(id)).map(([id]) => id));

  // What is seen first, and of the other scenes a few at a time; each is asked for once in a pulse.
  function paintNext() {
    const old = outdated().filter((id) => !asking.has(id) && !tried.has(id));
    const isHere = (id) => [undefined, wanted].includes(document.getElementById(id).closest(".scene")?.dataset.scene);
    const some = (ids, most) => ids.slice(0, Math.max(0, most - asking.size)).forEach(paint);
    some(old.filter(isHere), AT_ONCE);
    some(old.filter((id) => !isHere(id)), HIDDEN_AT_ONCE);
  }

  // Since when each picture is older than the room's: what stays so is told.
  function wait(old) {
    [...due.keys()].forEach((id) => { if (!old.includes(id)) due.delete(id); });
    old.forEach((id) => { if (!due.has(id)) due.set(id, Date.now()); });
    tell("room:late", [...due.values()]);
  }

  // A scene is turned to only when its pictures are there: the old one stays until the new one is ready.
  function ready(scene) {
    const next = document.querySelector(`.scene[data-scene="${scene}"]`);
    return next && (lastScene === null || [...next.querySelectorAll(".frame")].every((frame) => shown.has(frame.id)));
  }

  const isFree = () => !document.body.matches(".sheet-open, .voices-open");

  let turnedAt = performance.now();
  function turn(scene) {
    lastScene = scene;
    turnedAt = performance.now();
    document.querySelectorAll(".scene").forEach((one) => one.classList.toggle("shown", one.dataset.scene === scene));
    underline();
    tell("room:turned");
  }

  // Without the room a wall turns by its own clock, through the scenes whose pictures it has.
  function turnOn() {
    const scenes = [...document.querySelectorAll(".board.wall > .scene[data-seconds]")], at = scenes.findIndex((one) => one.dataset.scene === lastScene);
    if (at < 0 || scenes.length < 2 || !isFree() || performance.now() - turnedAt < 1000 * Number(scenes[at].dataset.seconds)) return;
    const next = [...scenes.slice(at + 1), ...scenes.slice(0, at)].find((one) => ready(one.dataset.scene));
    if (next) turn(next.dataset.scene);
  }

  function underline() {
    const stage = document.querySelector(".scene.shown")?.dataset.stage;
    document.querySelectorAll(".rail [data-stage]").forEach((one) => one.classList.toggle("here", one.dataset.stage === stage));
  }

  async function paint(id) {
    asking.add(id);
    tried.add(id);
    try {
      const response = await room.request(`/picture/${id}?${query()}`, { limit: PICTURE_LIMIT });
      if (response.status === 200) {
        const picture = await response.json();
        window.dash_clientside.set_props(id, { children: picture.children });
        document.getElementById(id).dataset.state = picture.state;
        shown.set(id, picture.token);
        setTimeout(() => { underline(); tell("room:painted", id); }, 60);
      }
    } catch { /* a later pulse asks again */ } finally { asking.delete(id); }
    paintNext();
    if (tokens[id] === shown.get(id)) due.delete(id);
  }

  // A layout that failed at page load says so for ever: the page is loaded again once it is known to answer.
  function watchRoot() {
    const root = document.getElementById("screen");
    if (root && root.childElementCount) { missingSince = null; return; }
    missingSince ??= Date.now();
    if (Date.now() - missingSince > ROOT_MISSING && answered) room.goTo();
  }

  const beat = () => pulse().finally(() => { watchRoot(); setTimeout(beat, document.querySelector(".frame .waiting") ? 300 : EVERY); });
  beat();
  addEventListener("room:closed", pulse);
  // A board may come with its pictures: then only what differs from them is asked for.
  function adopt() {
    boardSeen = board();
    shown.clear();
    due.clear();
    lastScene = null;
    state = "";
    document.querySelectorAll("[data-token]").forEach((one) => shown.set(one.id, one.dataset.token));
    if (!shown.size) return;
    underline();
    tell("room:painted", "board");
  }
  addEventListener("room:arrived", () => { adopt(); pulse(); });
  new MutationObserver(() => { if (board() && board() !== boardSeen && window.dash_clientside?.set_props) { adopt(); pulse(); } })
    .observe(document.documentElement, { childList: true, subtree: true });
})();
