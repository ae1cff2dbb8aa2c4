// A wall plays a test tone before a session when whoever leads asks for it, once.
// A wall that a session holds is as far zoomed as whoever leads says: all that look at it see the same part of it.
import { board } from "./places.js";

const LOUD = 0.25, PITCH = 660, SECONDS = 1.5;
let played = null;

function play(tone) {
  if (!tone || tone === played) return;
  played = tone;
  const sound = new AudioContext(), source = sound.createOscillator(), volume = sound.createGain();
  source.frequency.value = PITCH;
  volume.gain.value = LOUD;
  source.connect(volume).connect(sound.destination);
  source.start();
  source.stop(sound.currentTime + SECONDS);
  source.onended = () => sound.close();
}

addEventListener("room:answered", ({ detail: { tone, zoom = [100, 500, 500] } }) => {
  play(tone);
  if (!board()) return;
  const [nearer, across, down] = zoom, { style } = board();
  board().classList.toggle("zoomed", nearer > 100);
  style.setProperty("--nearer", nearer / 100);
  style.setProperty("--nearer-at", `${across / 10}% ${down / 10}%`);
});
