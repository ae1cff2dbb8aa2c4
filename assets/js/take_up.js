// A line of a wall is put on the agenda, or somebody promises to see to it, in one touch: who is signed in has these buttons in the sheet.
import { post } from "./request.js";

async function take(button) {
  const { takeUp, words, scene, perimeter } = button.dataset, status = document.querySelector("#sheet .taken-up");
  button.disabled = true;
  try {
    const answer = await post("/room/do/take-up/0", { becomes: takeUp, words, scene, perimeter });
    button.disabled = Boolean(answer.ok);
    status.textContent = answer.message || answer.refusal;
  } catch {
    button.disabled = false;
    status.textContent = "The room does not answer just now. Try again in a moment.";
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("#sheet [data-take-up]");
  if (button && !button.disabled) take(button);
});
