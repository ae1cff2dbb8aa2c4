() => {
  const zoom = new DOMMatrix(getComputedStyle(document.getElementById("screen")).transform).a;
  const pen = new OffscreenCanvas(9, 9).getContext("2d");
  return [...document.querySelectorAll(".scene.shown .big, .scene.shown .sentence b")].filter((one) => /[0-9]/.test(one.textContent)).map((one) => {
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(one);
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    return { text: one.textContent, pixels: pen.measureText("0").actualBoundingBoxAscent * zoom };
  });
}
