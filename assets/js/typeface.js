// When the letters are those of the room, or it is known that they never come: what is measured before is measured again.
export const typeface = (document.fonts?.load("1em Inter") ?? Promise.resolve()).catch(() => { /* other letters, then */ });
