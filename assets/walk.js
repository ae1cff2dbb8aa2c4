// The walkthrough: turn pages, zoom to the pixel, follow a call's words, walk with the arrow keys.
(() => {
  function show(album, media) {
    album.querySelectorAll("[data-media]").forEach((one) => {
      one.classList.toggle(one.tagName === "BUTTON" ? "here" : "shown", one.dataset.media === media);
    });
  }

  function zoom(picture) {
    const over = document.createElement("div");
    over.id = "zoomed";
    over.setAttribute("role", "dialog");
    const image = new Image(), close = document.createElement("button");
    image.src = picture.src;
    image.alt = picture.alt;
    image.style.width = `${Math.max(picture.naturalWidth / devicePixelRatio, innerWidth * 0.94)}px`;
    close.textContent = "Close";
    over.append(image, close);
    over.addEventListener("click", () => over.remove());
    document.body.append(over);
    close.focus();
  }

  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

  function control(audio) {
    const controls = document.createElement("div"), button = document.createElement("button");
    const seek = document.createElement("input"), time = document.createElement("span");
    controls.className = "controls";
    button.setAttribute("aria-label", "Play");
    Object.assign(seek, { type: "range", min: 0, max: 1000, value: 0, ariaLabel: "Position" });
    controls.append(button, seek, time);
    audio.before(controls);
    const tell = () => {
      button.classList.toggle("playing", !audio.paused);
      button.setAttribute("aria-label", audio.paused ? "Play" : "Pause");
      if (!audio.duration) return;
      seek.value = (audio.currentTime / audio.duration) * 1000;
      time.textContent = `${clock(audio.currentTime)} of ${clock(audio.duration)}`;
    };
    button.addEventListener("click", () => (audio.paused ? audio.play() : audio.pause()));
    seek.addEventListener("input", () => { audio.currentTime = (seek.value / 1000) * audio.duration; });
    ["play", "pause", "timeupdate", "loadedmetadata", "seeked"].forEach((name) => audio.addEventListener(name, tell));
    tell();
  }

  // Long words are shown part by part, where their share of the cue puts them; so are words that came without times.
  const UNTIMED = 86400, LONGEST = 70;
  function about(words, share) {
    const parts = (words.match(/[^.!?,]+[.!?,]*\s*/g) || [words]).reduce((lines, part) => {
      const last = lines.length - 1;
      if (last >= 0 && (lines[last] + part).length <= LONGEST) lines[last] += part; else lines.push(part);
      return lines;
    }, []);
    let at = share * words.length;
    return parts.find((part) => (at -= part.length) < 0) || parts.at(-1);
  }

  function follow(audio) {
    if (audio.dataset.followed) return;
    audio.dataset.followed = "yes";
    control(audio);
    const cues = audio.parentElement.querySelector(".cues"), track = audio.textTracks[0];
    if (!cues || !track) return;
    track.mode = "hidden";
    const say = () => {
      const cue = track.activeCues?.[0] || (audio.currentTime === 0 ? track.cues?.[0] : null);
      if (!cue) return;
      const words = cue.getCueAsHTML(), speaker = words.querySelector("span[title], v");
      const who = document.createElement("span"), untimed = cue.endTime > UNTIMED;
      who.className = "speaker";
      who.textContent = untimed ? "about here" : speaker?.title || "";
      const end = untimed ? audio.duration : cue.endTime;
      const share = end > cue.startTime ? Math.max(0, audio.currentTime - cue.startTime) / (end - cue.startTime) : 0;
      cues.replaceChildren(who, document.createTextNode(about(words.textContent, share)));
    };
    track.addEventListener("cuechange", say);
    audio.querySelector("track").addEventListener("load", say);
    ["seeked", "timeupdate"].forEach((name) => audio.addEventListener(name, say));
    audio.addEventListener("play", () => document.querySelectorAll("audio, video").forEach((other) => { if (other !== audio && !other.muted) other.pause(); }));
  }

  // A file that is gone leaves a sentence where it stood; the walk goes on.
  function missing(media) {
    const words = document.createElement("p");
    words.className = "empty";
    words.textContent = media.alt ? `${media.alt} (the picture is missing)` : "the picture is missing";
    media.hidden = true;
    if (!media.nextElementSibling?.matches("p.empty")) media.after(words);
  }
  document.addEventListener("error", (event) => { if (event.target.matches?.("#board img")) missing(event.target); }, true);

  addEventListener("room:painted", () => document.querySelectorAll(".player audio").forEach(follow));
  document.addEventListener("click", (event) => {
    const thumb = event.target.closest(".strip button");
    if (thumb) return show(thumb.closest(".album"), thumb.dataset.media);
    const picture = event.target.closest("img.zoom");
    if (picture) zoom(picture);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return document.getElementById("zoomed")?.remove();
    if (event.key === "Enter" && event.target.matches?.("img.zoom")) { event.preventDefault(); return zoom(event.target); }
    const board = document.querySelector(".board.walk");
    if (!board || event.target.matches?.("video, textarea")) return;
    if (event.target.matches?.("input[type=range]") && event.key.startsWith("Arrow")) return;
    const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (!step) return;
    const ways = [...document.querySelectorAll(".rail li a")], here = ways.findIndex((way) => way.closest("li").classList.contains("here"));
    const next = ways[here + step];
    if (next) location.assign(next.href + location.search);
  });
})();
