() => {
  const zoom = new DOMMatrix(getComputedStyle(document.getElementById("screen")).transform).a;
  const pen = new OffscreenCanvas(9, 9).getContext("2d");
  return [...document.querySelectorAll(".scene.shown .big, .scene.shown .sentence b")].filter((element) => /[0-9]/.test(element.textContent)).map((element) => {
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    return { text: element.textContent, pixels: pen.measureText("0").actualBoundingBoxAscent * zoom };
  });
}
