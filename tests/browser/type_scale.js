// Every headline number of the shown scene that is not twice as large as the sentence that carries it; one sentence a fault.
() => {
  const TWICE = 1.995; // sizes have one decimal
  const faults = [];
  const size = (element) => Number.parseFloat(getComputedStyle(element).fontSize);
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  for (const number of document.querySelectorAll(".scene.shown .headline-number, .spine .headline-number")) {
    if (!seen(number)) continue;
    const sentence = number.closest("h2, .answer") || number.parentElement;
    const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
    const sizes = [];
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (data.trim() && !number.contains(parentElement) && seen(parentElement)) sizes.push(size(parentElement));
    }
    const largest = Math.max(0, ...sizes);
    if (size(number) < TWICE * largest) {
      const panel = number.closest(".frame[id]")?.id || "spine";
      faults.push(`type scale: #${panel} “${sentence.textContent.trim().slice(0, 60)}”: ${size(number)} px beside ${largest} px`);
    }
  }
  return faults;
}
