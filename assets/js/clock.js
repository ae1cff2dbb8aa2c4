// Time: the browser's, the room's, and timers; a test may steer all of them.
let time = {
  now: () => Date.now(),
  steady: () => performance.now(),
  after: (ms, act) => setTimeout(act, ms),
  cancel: (timer) => clearTimeout(timer),
};
let room = null;

export const steer = (other) => { time = { ...time, ...other }; };
export const now = () => time.now();
export const steady = () => time.steady();
export const after = (ms, act) => time.after(ms, act);
export const cancel = (timer) => time.cancel(timer);
export const wait = (ms) => new Promise((done) => { after(ms, done); });

export function every(ms, act) {
  after(ms, () => { try { act(); } finally { every(ms, act); } });
}

// The room's clock goes on while the room is silent: by the browser's own steps, whatever day it takes it for.
export const setRoomTime = (at) => { room = { at: Date.parse(at), since: steady() }; };
export const roomTime = () => room && room.at + (steady() - room.since);
