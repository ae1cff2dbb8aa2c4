// A call: its waveform, coloured as far as it has played; a touch on it plays from there. One clip sounds at a time.
(() => {
  const BARS = 56, STEP = 5, SVG = "http://www.w3.org/2000/svg";
  const made = (name, said = {}) => {
    const one = document.createElement(name);
    Object.entries(said).forEach(([key, value]) => one.setAttribute(key, value));
    return one;
  };
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

  // The loudest of each stretch, against the loudest of all; a call whose sound is not known yet is one quiet line.
  function bars(peaks) {
    if (!peaks?.length) return Array(BARS).fill(0.04);
    const most = Math.max(...peaks, 0.001);
    return Array.from({ length: BARS }, (_, n) => {
      const [from, to] = [Math.floor((n * peaks.length) / BARS), Math.ceil(((n + 1) * peaks.length) / BARS)];
      return Math.max(0.04, Math.max(...peaks.slice(from, to)) / most);
    });
  }

  function drawing(heights, kind) {
    const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    const lines = heights.map((height, n) => `M${n * 10 + 5} ${(50 - 44 * height).toFixed(1)}V${(50 + 44 * height).toFixed(1)}`);
    svg.setAttribute("viewBox", `0 0 ${BARS * 10} 100`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("class", kind);
    path.setAttribute("d", lines.join(""));
    path.setAttribute("vector-effect", "non-scaling-stroke");
    svg.append(path);
    return svg;
  }

  async function loud(player) {
    try {
      const answer = await room.request(player.dataset.peaks);
      return answer.ok ? await answer.json() : {};
    } catch { return {}; }
  }

  function build(player) {
    const audio = player.querySelector("audio");
    if (!audio || player.dataset.built) return;
    player.dataset.built = "yes";
    const controls = made("div", { class: "controls" }), button = made("button", { "aria-label": "Play", class: "play" });
    const wave = made("div", { class: "wave", role: "slider", tabindex: "0", "aria-label": "Position", "aria-valuemin": "0" });
    const time = made("span", { class: "time" });
    controls.append(button, wave, time);
    player.prepend(controls);
    const length = () => (Number.isFinite(audio.duration) && audio.duration) || Number(player.dataset.seconds) || 0;
    const draw = (peaks) => wave.replaceChildren(drawing(bars(peaks), "rest"), drawing(bars(peaks), "played"));
    draw(null);
    loud(player).then(({ peaks, seconds }) => {
      if (seconds && !player.dataset.seconds) player.dataset.seconds = seconds;
      draw(peaks);
      tell();
    });

    function tell() {
      const share = length() ? Math.min(1, audio.currentTime / length()) : 0;
      wave.style.setProperty("--left", `${(100 - share * 100).toFixed(2)}%`);
      wave.setAttribute("aria-valuemax", Math.round(length()));
      wave.setAttribute("aria-valuenow", Math.round(audio.currentTime));
      wave.setAttribute("aria-valuetext", `${clock(audio.currentTime)} of ${clock(length())}`);
      button.classList.toggle("playing", !audio.paused);
      button.setAttribute("aria-label", audio.paused ? "Play" : "Pause");
      time.textContent = audio.currentTime > 0 ? clock(audio.currentTime) : clock(length());
    }
    const seek = (to) => { audio.currentTime = Math.min(Math.max(0, to), Math.max(0, length() - 0.05)); tell(); };
    const touched = (event) => {
      const { left, width } = wave.getBoundingClientRect();
      seek(((event.clientX - left) / width) * length());
    };
    button.addEventListener("click", () => (audio.paused ? sound(audio) : audio.pause()));
    wave.addEventListener("pointerdown", (event) => { event.preventDefault(); wave.setPointerCapture(event.pointerId); touched(event); });
    wave.addEventListener("pointermove", (event) => { if (wave.hasPointerCapture(event.pointerId)) touched(event); });
    wave.addEventListener("keydown", (event) => {
      const step = { ArrowRight: STEP, ArrowLeft: -STEP }[event.key];
      if (!step) return;
      event.preventDefault();
      seek(audio.currentTime + step);
    });
    ["play", "pause", "timeupdate", "loadedmetadata", "durationchange", "seeked", "ended"].forEach((name) => audio.addEventListener(name, tell));
    audio.addEventListener("play", () => document.querySelectorAll("audio, video").forEach((other) => { if (other !== audio && !other.muted) other.pause(); }));
    tell();
  }

  const sound = (audio) => { audio.muted = false; return audio.play().catch(() => null); };

  // A clip that is not open is built when it is opened.
  const opened = () => document.querySelectorAll(".player").forEach((player) => { if (!player.closest(".clip:not(.shown)")) build(player); });
  ["room:painted", "room:shown"].forEach((name) => addEventListener(name, opened));
  addEventListener("room:shown", () => document.querySelectorAll(".clip:not(.shown) audio").forEach((audio) => audio.pause()));
  addEventListener("keydown", (event) => {
    if (event.key !== " " || event.target.matches?.("input, textarea, select, button, a")) return;
    const audio = document.querySelector(".scene.shown .clip.shown audio");
    if (!audio) return;
    event.preventDefault();
    if (audio.paused) sound(audio); else audio.pause();
  });
})();
