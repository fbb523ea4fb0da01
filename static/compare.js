// Comparing two photos: the views change without loading the page, both pictures are looked at closely together, keys do all of it.
"use strict";

const stage = document.querySelector(".stage");
const over = stage.querySelector('[data-side="over"]');
const sides = { query: stage.querySelector('[data-side="query"]'), reference: stage.querySelector('[data-side="reference"]') };
const links = Array.from(document.querySelectorAll("[data-view-link]"));
const range = stage.querySelector(".curtain-control input");
const CLOSEST = 16;
const STEP = 1.5;

const whole = { query: over.dataset.querySize.split(" ").map(Number), reference: [over.viewBox.baseVal.width, over.viewBox.baseVal.height] };
const matrix = over.querySelector(".upper g").transform.baseVal.consolidate().matrix;
// What is looked at: a point of the reference, in its pixels, and how many times closer than the whole picture.
const eye = { x: whole.reference[0] / 2, y: whole.reference[1] / 2, closer: 1 };

function box(svg, [width, height], x, y, boxWidth) {
  const boxHeight = (boxWidth * height) / width;
  svg.setAttribute("viewBox", `${x - boxWidth / 2} ${y - boxHeight / 2} ${boxWidth} ${boxHeight}`);
}

function look() {
  const [width, height] = whole.reference;
  const half = [width / eye.closer / 2, height / eye.closer / 2];
  eye.x = Math.min(Math.max(eye.x, half[0]), width - half[0]);
  eye.y = Math.min(Math.max(eye.y, half[1]), height - half[1]);
  const isWhole = eye.closer <= 1;
  stage.classList.toggle("zoomed", !isWhole);
  for (const svg of [over, sides.reference]) box(svg, whole.reference, eye.x, eye.y, width / eye.closer);
  if (isWhole || !matrix || matrix.a * matrix.d - matrix.b * matrix.c === 0) {
    box(sides.query, whole.query, whole.query[0] / 2, whole.query[1] / 2, whole.query[0]);
  } else {
    // The same place of the scene in the other picture, at the same size on the screen.
    const there = new DOMPoint(eye.x, eye.y).matrixTransform(DOMMatrix.fromMatrix(matrix).inverse());
    const enlarged = Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
    box(sides.query, whole.query, there.x, there.y, width / eye.closer / enlarged);
  }
  stage.querySelector("[data-zoom-level]").textContent = isWhole ? "" : `× ${eye.closer.toFixed(1).replace(/\.0$/, "")}`;
}

function zoomTo(closer, x = eye.x, y = eye.y) {
  Object.assign(eye, { closer: Math.min(Math.max(closer, 1), CLOSEST), x, y });
  look();
}

function pan(across, down) {
  eye.x += (across * whole.reference[0]) / eye.closer;
  eye.y += (down * whole.reference[1]) / eye.closer;
  look();
}

function show(view) {
  stage.dataset.view = view;
  stage.classList.remove("held-a", "held-b");
  for (const link of links) {
    if (link.dataset.viewLink === view) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  history.replaceState(null, "", links.find((link) => link.dataset.viewLink === view).href);
}

function drawCurtain(percent) {
  const at = (whole.reference[0] * percent) / 100;
  over.querySelector(".curtain").setAttribute("width", at);
  for (const end of ["x1", "x2"]) over.querySelector(".curtain-edge").setAttribute(end, at);
}

function fill() {
  const isFilling = stage.classList.toggle("filling");
  stage.querySelector('[data-tool="fill"]').setAttribute("aria-pressed", String(isFilling));
}

const tools = { closer: () => zoomTo(eye.closer * STEP), further: () => zoomTo(eye.closer / STEP), whole: () => zoomTo(1), fill };

function arrow(across, down) {
  if (stage.dataset.view === "slider" && across) {
    range.value = Number(range.value) + across * 2;
    drawCurtain(Number(range.value));
  } else if (stage.dataset.view === "blink" && across) {
    stage.classList.toggle("held-a", across < 0);
    stage.classList.toggle("held-b", across > 0);
  } else if (eye.closer > 1) pan(across / 10, down / 10);
  else return false;
  return true;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const link = /^[1-5]$/.test(event.key) && links[event.key - 1];
  if (link) show(link.dataset.viewLink);
  else if (event.key in ARROWS) {
    if (document.activeElement.closest(".scroll") || !arrow(...ARROWS[event.key])) return;
  } else if (event.key === "z") zoomTo(eye.closer > 1 ? 1 : 3);
  else if (event.key === "+" || event.key === "=") tools.closer();
  else if (event.key === "-") tools.further();
  else if (event.key === "f" || (event.key === "Escape" && stage.classList.contains("filling"))) fill();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
});

stage.querySelector(".stage-tools").hidden = false;
stage.querySelector(".curtain-control").hidden = false;
range.addEventListener("input", () => drawCurtain(Number(range.value)));
for (const button of stage.querySelectorAll("[data-tool]")) button.addEventListener("click", tools[button.dataset.tool]);
for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show(link.dataset.viewLink);
  });
}

for (const svg of [over, sides.query, sides.reference]) {
  const placeOf = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return svg === sides.query ? point.matrixTransform(DOMMatrix.fromMatrix(matrix)) : point;
  };
  svg.addEventListener("dblclick", (event) => {
    const place = placeOf(event);
    zoomTo(eye.closer > 1 ? 1 : 3, place.x, place.y);
  });
  svg.addEventListener("wheel", (event) => {
    // The wheel turns the page; with Ctrl, or where the pictures fill the window, it brings them closer.
    if (!event.ctrlKey && !stage.classList.contains("filling")) return;
    event.preventDefault();
    zoomTo(eye.closer * (event.deltaY < 0 ? STEP : 1 / STEP));
  }, { passive: false });
  svg.addEventListener("pointerdown", (event) => {
    if (eye.closer <= 1) return;
    svg.setPointerCapture(event.pointerId);
    let last = placeOf(event);
    const drag = (move) => {
      const now = placeOf(move);
      eye.x += last.x - now.x;
      eye.y += last.y - now.y;
      look();
      last = placeOf(move);
    };
    svg.addEventListener("pointermove", drag);
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => svg.removeEventListener("pointermove", drag), { once: true });
  });
}
