// What the file of a form itself demands of what is written into it, and nothing more; "" where nothing is wrong.
const DATE = /^\d{1,4}\D+(\d{1,2}|\p{L}+)\D+\d{1,4}$/u, TIME = /^\d{1,2}\D\d{2}/, NUMBER = /^[-+]?[\d.,\s]+%?$/;

export function wrong({ kind, required, longest, says }, written) {
  if (!written) return required ? "is required" : "";
  if (!["checkbox", "radio"].includes(kind) && longest && written.length > longest) return `takes ${longest} letters; you wrote ${written.length}`;
  if (says === "date" && !DATE.test(written)) return "wants a date";
  if (says === "time" && !TIME.test(written)) return "wants a time";
  if (says === "number" && !NUMBER.test(written)) return "wants a number";
  return "";
}
