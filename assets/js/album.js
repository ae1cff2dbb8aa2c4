// An album: one thing large, the others a touch away. Of its videos only the shown one plays, muted unless a walk says otherwise.
import { after } from "./clock.js";
import { element } from "./element.js";
import { within } from "./geometry.js";

const ONE = ":is(.page-of, .clip)";
const named = (item, media) => item.dataset.media === media || item.dataset.media.split(" ").includes(media);

// All but the first are fetched when they are shown.
function fetched(item) {
  item.querySelectorAll("img[data-src]").forEach((image) => { image.src = image.dataset.src; image.removeAttribute("data-src"); });
}

function show(album, media) {
  album.querySelectorAll("[data-media]").forEach((item) => {
    item.classList.toggle(item.tagName === "BUTTON" ? "here" : "shown", named(item, media));
  });
  const chosen = [...album.querySelectorAll(ONE)].find((item) => named(item, media)), more = album.querySelector(".strip .others");
  if (chosen) fetched(chosen);
  if (more) more.classList.toggle("here", !album.querySelector(".strip [data-media].here"));
  dispatchEvent(new CustomEvent("room:shown", { detail: media }));
}

function next(album) {
  const placed = new Set([...album.querySelectorAll(".strip [data-media]")].map((thumb) => thumb.dataset.media));
  const others = [...album.querySelectorAll(ONE)].filter((item) => !placed.has(item.dataset.media));
  const at = others.findIndex((item) => item.matches(".shown"));
  if (others.length) show(album, others[(at + 1) % others.length].dataset.media);
}

// ---- video: its words stand beneath it, large enough to be read ----
function say(video) {
  if (video.dataset.captioned) return;
  video.dataset.captioned = "yes";
  const words = video.parentElement.querySelector(".captions"), track = video.textTracks[0];
  if (!track || !words) return;
  track.mode = "hidden";
  track.addEventListener("cuechange", () => {
    words.textContent = [...(track.activeCues || [])].map((cue) => cue.getCueAsHTML().textContent).join(" ");
  });
}

function roll() {
  document.querySelectorAll(".film video").forEach((video) => {
    say(video);
    const seen = video.closest(".page-of.shown") && video.closest(".scene.shown");
    if (!seen) return video.pause();
    if (!video.hasAttribute("data-sounding")) video.muted = true;
    return video.hasAttribute("data-held") ? undefined : video.play().catch(() => null);
  });
}
["room:painted", "room:turned", "room:shown"].forEach((name) => addEventListener(name, roll));

// ---- before and after: a finger moves the border between them ----
const BOTH_KEYS = { ArrowLeft: -5, ArrowRight: 5 };
function part(compare, share) {
  const at = within(share, 0, 100);
  compare.style.setProperty("--at", `${at}%`);
  compare.setAttribute("aria-valuenow", Math.round(at));
}
function ready() {
  document.querySelectorAll(".compare:not([role])").forEach((compare) => {
    Object.entries({ role: "slider", tabindex: "0", "aria-label": "before and after", "aria-valuemin": "0", "aria-valuemax": "100" })
      .forEach(([name, value]) => compare.setAttribute(name, value));
    const drag = (event) => {
      const { left, width } = compare.getBoundingClientRect();
      part(compare, ((event.clientX - left) / width) * 100);
    };
    compare.addEventListener("pointerdown", (event) => { compare.setPointerCapture(event.pointerId); drag(event); });
    compare.addEventListener("pointermove", (event) => { if (compare.hasPointerCapture(event.pointerId)) drag(event); });
    compare.addEventListener("keydown", (event) => {
      const step = BOTH_KEYS[event.key];
      if (!step) return;
      event.preventDefault();
      part(compare, Number(compare.getAttribute("aria-valuenow")) + step);
    });
    part(compare, 50);
  });
}
addEventListener("room:painted", ready);

document.addEventListener("click", (event) => {
  const thumb = event.target.closest?.(".strip button");
  if (thumb?.matches(".others")) next(thumb.closest(".album"));
  else if (thumb) show(thumb.closest(".album"), thumb.dataset.media);
});

// ---- a walk, led from a tablet, opens one thing and plays it ----
addEventListener("room:item", (event) => {
  const { item, playing, second, sound } = event.detail || {}, media = String(item ?? "");
  const thing = [...document.querySelectorAll(`.scene.shown ${ONE}`)].find((item) => named(item, media));
  const clip = thing?.querySelector("audio, video");
  document.querySelectorAll(".scene.shown :is(audio, video)").forEach((other) => { if (other !== clip) hush(other); });
  document.querySelectorAll(".album.over .shown").forEach((item) => { if (item !== thing) item.classList.remove("shown"); });
  if (!thing) return;
  if (!thing.matches(".shown")) show(thing.closest(".album"), thing.dataset.media);
  if (clip) play(clip, { playing, second, sound });
});

// One thing sounds at a time: a call stops, a video goes on without a sound.
function hush(other) {
  if (other.tagName === "AUDIO") return other.pause();
  other.removeAttribute("data-sounding");
  other.muted = true;
  return undefined;
}

const APART = 0.4;
function play(clip, { playing, second, sound }) {
  clip.muted = !sound;
  clip.toggleAttribute("data-sounding", Boolean(sound));
  clip.toggleAttribute("data-held", playing === false);
  const seek = () => { if (Number.isFinite(second) && Math.abs(clip.currentTime - second) > APART) clip.currentTime = second; };
  if (clip.readyState) seek(); else clip.addEventListener("loadedmetadata", seek, { once: true });
  if (!playing) return clip.pause();
  if (clip.error) clip.load();
  return clip.play().catch(() => { clip.muted = true; return clip.play().catch(() => null); });
}

// ---- a file that is gone leaves a sentence where it stood; the walk goes on, and asks for it once more ----
const ONCE_MORE = 10_000;
const gone = (words) => element("p", { class: "empty gone" }, words);
function later(thing, came, ask, words) {
  if (thing.dataset.again) return;
  thing.dataset.again = "yes";
  thing.addEventListener(came, () => { thing.hidden = false; words.remove(); }, { once: true });
  after(ONCE_MORE, ask);
}
function missing(image) {
  if (image.closest(".strip")) { image.replaceWith("—"); return; }
  const words = gone(image.alt ? `${image.alt} (the picture is missing)` : "the picture is missing");
  image.hidden = true;
  if (!image.nextElementSibling?.matches("p.gone")) image.after(words);
  later(image, "load", () => { image.src = image.src; }, words);
}
document.addEventListener("error", (event) => {
  const { target } = event;
  if (target.matches?.("#board img")) return missing(target);
  const clip = target.matches?.("#board :is(source, audio, video)") && target.closest(".film, .player"), media = clip?.querySelector?.("audio, video");
  if (!clip || clip.querySelector(".gone")) return undefined;
  const words = gone(clip.matches(".film") ? "this video cannot be shown" : "this clip cannot be played");
  clip.append(words);
  return media && later(media, "loadeddata", () => media.load(), words);
}, true);
