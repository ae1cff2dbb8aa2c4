// When somebody last touched the screen, and what closes itself an idle minute after that.
import { every, now } from "./clock.js";

const IDLE = 1000 * (Number(new URLSearchParams(location.search).get("idle")) || 60);
let last = now();

export const touch = () => { last = now(); };
export const untouched = () => now() - last;
export const closeWhenIdle = (isOpen, close) => every(250, () => { if (isOpen() && untouched() > IDLE) close(); });

["pointerdown", "pointermove", "keydown", "wheel", "touchmove"].forEach((name) => addEventListener(name, touch, { capture: true, passive: true }));
