// A call: its waveform, coloured as far as it has played; a touch on it plays from there. One clip sounds at a time.
import { element } from "./element.js";
import { within } from "./geometry.js";
import { request } from "./request.js";
import { bars } from "./speech.js";
import { minutes } from "./words.js";

const BARS = 56, STEP = 5, SVG = "http://www.w3.org/2000/svg";

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

const loudness = (player) => request(player.dataset.peaks).then((response) => (response.ok ? response.json() : {})).catch(() => ({}));

function build(player) {
  const audio = player.querySelector("audio");
  if (!audio || player.dataset.built) return;
  player.dataset.built = "yes";
  const button = element("button", { "aria-label": "Play", class: "play", click: () => (audio.paused ? sound(audio) : audio.pause()) });
  const wave = element("div", { class: "wave", role: "slider", tabindex: "0", "aria-label": "Position", "aria-valuemin": "0" });
  const time = element("span", { class: "time" });
  player.prepend(element("div", { class: "controls" }, button, wave, time));
  const length = () => (Number.isFinite(audio.duration) && audio.duration) || Number(player.dataset.seconds) || 0;
  const draw = (peaks) => wave.replaceChildren(...["rest", "played"].map((kind) => drawing(bars(peaks, BARS), kind)));
  draw(null);
  loudness(player).then(({ peaks, seconds }) => {
    if (seconds && !player.dataset.seconds) player.dataset.seconds = seconds;
    draw(peaks);
    tell();
  });

  function tell() {
    const share = length() ? Math.min(1, audio.currentTime / length()) : 0;
    wave.style.setProperty("--left", `${(100 - share * 100).toFixed(2)}%`);
    wave.setAttribute("aria-valuemax", Math.round(length()));
    wave.setAttribute("aria-valuenow", Math.round(audio.currentTime));
    wave.setAttribute("aria-valuetext", `${minutes(audio.currentTime)} of ${minutes(length())}`);
    button.classList.toggle("playing", !audio.paused);
    button.setAttribute("aria-label", audio.paused ? "Play" : "Pause");
    time.textContent = audio.currentTime > 0 ? minutes(audio.currentTime) : minutes(length());
  }
  const seek = (to) => { audio.currentTime = within(to, 0, Math.max(0, length() - 0.05)); tell(); };
  const touched = (event) => {
    const { left, width } = wave.getBoundingClientRect();
    seek(((event.clientX - left) / width) * length());
  };
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
