// The pulse: every two seconds a screen asks what it should show, and fetches only the pictures that have changed.
(() => {
  const EVERY = 2000, PATIENCE = 2, ROOT_MISSING = 5000;
  const shown = new Map(), asking = new Set();
  let tokens = {}, state = "", failures = 0, lastAnswer = null, lastScene = null, missingSince = null, boardSeen = null;
  const build = document.documentElement.dataset.build;
  const board = () => document.getElementById("board");

  const query = (extra = {}) => {
    const asked = new URLSearchParams(location.search);
    const said = new URLSearchParams({ path: location.pathname, screen: asked.get("screen") || anonymous(), ...extra });
    if (board()?.dataset.perimeter) said.set("perimeter", board().dataset.perimeter);
    return said;
  };
  const anonymous = () => `${location.pathname.startsWith("/room") ? "console" : location.pathname.slice(1).replaceAll("/", " ") || "lobby"} (no name)`;

  async function pulse() {
    try {
      const response = await fetch(`/pulse?${query(boardSeen === board() ? { state } : {})}`, { cache: "no-store", signal: AbortSignal.timeout(5000) });
      if (!response.ok) throw new Error(response.status);
      const said = await response.json();
      if (said.build !== build && !document.body.classList.contains("is-writing")) return location.reload();
      found();
      dispatchEvent(Object.assign(new CustomEvent("room:walk", { detail: said.walk }), { rests: said.rests }));
      if (said.gone && board()) tell(said.gone);
      else if (board()) follow(said);
    } catch {
      lost();
    }
  }

  function follow(said) {
    if (boardSeen !== board()) adopt();
    if (said.tokens) ({ tokens, state } = said);
    document.querySelectorAll(".place").forEach((one) => { one.textContent = said.place; });
    const scene = board().dataset.pinned || said.scene;
    const wanted = Object.entries(tokens).filter(([id, token]) => shown.get(id) !== token && !asking.has(id) && document.getElementById(id));
    const here = ([id]) => (document.getElementById(id).closest(".scene")?.dataset.scene === scene ? 0 : 1);
    wanted.sort((one, other) => here(one) - here(other)).forEach(([id]) => paint(id));
    if (scene !== lastScene && ready(scene) && !document.body.matches(".sheet-open, .voices-open")) turn(scene);
  }

  // A scene is turned to only when its pictures are there: the old one stays until the new one is ready.
  function ready(scene) {
    const next = document.querySelector(`.scene[data-scene="${scene}"]`);
    return next && (lastScene === null || [...next.querySelectorAll(".frame")].every((frame) => shown.has(frame.id)));
  }

  function turn(scene) {
    lastScene = scene;
    document.querySelectorAll(".scene").forEach((one) => one.classList.toggle("shown", one.dataset.scene === scene));
    underline();
    dispatchEvent(new CustomEvent("room:turned"));
  }

  function underline() {
    const stage = document.querySelector(".scene.shown")?.dataset.stage;
    document.querySelectorAll(".rail [data-stage]").forEach((one) => one.classList.toggle("here", one.dataset.stage === stage));
  }

  async function paint(id) {
    asking.add(id);
    try {
      const response = await fetch(`/picture/${id}?${query()}`, { cache: "no-store" });
      if (response.status === 200) {
        const picture = await response.json();
        window.dash_clientside.set_props(id, { children: picture.children });
        document.getElementById(id).dataset.state = picture.state;
        shown.set(id, picture.token);
        setTimeout(() => { underline(); dispatchEvent(new CustomEvent("room:painted", { detail: id })); }, 60);
      }
    } catch { /* the next pulse asks again */ } finally { asking.delete(id); }
  }

  function found() {
    failures = 0;
    lastAnswer = new Date();
    const note = document.getElementById("lost");
    if (note) note.hidden = true;
    document.body.classList.remove("is-lost");
  }

  function lost() {
    failures += 1;
    if (failures < PATIENCE) return;
    const since = lastAnswer ? lastAnswer.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) : "the start";
    tell(`No answer from the room since ${since}. These are the last pictures.`);
  }

  function tell(words) {
    const note = document.getElementById("lost");
    if (!note) return;
    note.textContent = words;
    note.hidden = false;
    document.body.classList.add("is-lost");
  }

  // A layout that failed at page load says so for ever; reload once the server answers again.
  function watchRoot() {
    const root = document.getElementById("screen");
    if (root && root.childElementCount) { missingSince = null; return; }
    missingSince ??= Date.now();
    if (Date.now() - missingSince > ROOT_MISSING && failures === 0) location.reload();
  }

  const beat = () => pulse().finally(() => { watchRoot(); setTimeout(beat, document.querySelector(".frame .waiting") ? 300 : EVERY); });
  beat();
  addEventListener("room:closed", pulse);
  // A board may come with its pictures: then only what differs from them is asked for.
  function adopt() {
    boardSeen = board();
    shown.clear();
    lastScene = null;
    state = "";
    document.querySelectorAll("[data-token]").forEach((one) => shown.set(one.id, one.dataset.token));
    if (!shown.size) return;
    underline();
    dispatchEvent(new CustomEvent("room:painted", { detail: "board" }));
  }
  addEventListener("room:arrived", () => { adopt(); pulse(); });
  new MutationObserver(() => { if (board() && board() !== boardSeen && window.dash_clientside?.set_props) { adopt(); pulse(); } })
    .observe(document.documentElement, { childList: true, subtree: true });
})();
