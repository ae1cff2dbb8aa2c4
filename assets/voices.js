// One touch on a bar leads to three real voices behind it, and a call that plays; Close, Escape or an idle minute goes back to the loop.
(() => {
  const IDLE = 1000 * (Number(new URLSearchParams(location.search).get("idle")) || 60);
  const BARS = ".board .frame [data-voices]";
  const NEARER = "[data-figure], a, button, summary, input, select, textarea, audio, video";
  let asked = 0, touched = 0, opener = null;

  const panel = () => document.getElementById("voices");
  const others = () => [...(document.getElementById("board")?.children || [])].filter((one) => one !== panel());

  // What customers wrote becomes text, never markup.
  function made(kind, words = "", style = "", parts = []) {
    const one = document.createElement(kind);
    if (words) one.textContent = words;
    if (style) one.className = style;
    one.append(...parts);
    return one;
  }

  function built() {
    const close = made("button", "Close", "close");
    const head = made("header", "", "", [made("p", "Behind this bar"), made("h2"), close]);
    const over = made("div", "", "", [head, made("div", "", "said")]);
    Object.assign(over, { id: "voices" });
    Object.entries({ role: "dialog", "aria-modal": "true", "aria-label": "Three real voices" }).forEach(([name, value]) => over.setAttribute(name, value));
    if (document.querySelector(".board > footer .demo")) close.before(made("span", "Demo data", "demo"));
    return over;
  }

  function voice(one) {
    const words = made("blockquote", one.words);
    words.dir = "auto";
    if (one.language) words.lang = one.language;
    return made("article", "", "", [words, made("p", one.said)]);
  }

  function call(one) {
    const audio = made("audio"), source = made("source");
    audio.preload = "metadata";
    source.src = one.source;
    source.type = one.mime;
    audio.append(source);
    if (one.captions) {
      const track = made("track");
      Object.assign(track, { src: one.captions, kind: "captions", default: true });
      audio.append(track);
    }
    const player = made("div", "", "player", [audio]), words = made("div", "", "told-words");
    player.dataset.peaks = `${one.source}/peaks`;
    return made("article", "", "call clip shown", [made("h3", one.caption), made("p", one.where), player, words]);
  }

  async function answer(address) {
    try {
      return await room.json(address, { limit: 20000 });
    } catch {
      return { gone: "The room does not answer just now. Try again in a moment." };
    }
  }

  async function open(bar) {
    const board = document.getElementById("board"), mine = (asked += 1);
    const said = new URLSearchParams(bar.dataset.voices), screen = new URLSearchParams(location.search).get("screen");
    if (screen) said.set("screen", screen);
    if (board.dataset.perimeter) said.set("perimeter", board.dataset.perimeter);
    const over = built(), place = over.querySelector(".said");
    over.querySelector("h2").textContent = bar.dataset.title;
    place.append(made("p", "looking for them …", "waiting"));
    opener = bar;
    touched = Date.now();
    board.append(over);
    document.body.classList.add("voices-open");
    others().forEach((one) => { one.inert = true; });
    over.querySelector(".close").focus();
    const found = await answer(`/voices?${said}`);
    if (mine !== asked || !panel()) return;
    const sentence = found.gone || found.nothing;
    place.replaceChildren(...(sentence ? [made("p", sentence, "waiting")] : []), ...(found.voices || []).map(voice), ...(found.calls || []).map(call));
    dispatchEvent(new CustomEvent("room:painted"));
  }

  function close() {
    if (!panel()) return;
    asked += 1;
    panel().querySelectorAll("audio").forEach((one) => one.pause());
    panel().remove();
    others().forEach((one) => { one.inert = false; });
    document.body.classList.remove("voices-open");
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    document.activeElement?.blur();
    dispatchEvent(new CustomEvent("room:closed"));
  }

  // A walk has gone on: the panel went with its board.
  addEventListener("room:arrived", () => {
    close();
    asked += 1;
    document.body.classList.remove("voices-open");
  });

  // A number, a link or a button within a bar keeps its own meaning.
  function barOf(target) {
    const near = target.closest?.(`[data-voices], ${NEARER}`);
    return near?.matches(BARS) ? near : null;
  }

  document.addEventListener("click", (event) => {
    if (panel()) return event.target.closest("#voices .close") ? close() : undefined;
    const bar = barOf(event.target);
    if (bar) open(bar);
  });
  addEventListener("keydown", (event) => {
    touched = Date.now();
    if (panel()) {
      event.stopPropagation();
      if (event.key === "Escape") close();
    } else if (["Enter", " "].includes(event.key) && event.target.matches?.(BARS)) {
      event.preventDefault();
      open(event.target);
    }
  }, true);
  ["pointerdown", "pointermove", "wheel", "touchmove"].forEach((name) => addEventListener(name, () => { touched = Date.now(); }, { capture: true, passive: true }));
  const sounding = () => [...(panel()?.querySelectorAll("audio") || [])].some((one) => !one.paused);
  setInterval(() => {
    if (sounding()) touched = Date.now();
    if (panel() && Date.now() - touched > IDLE) close();
  }, 250);
})();
