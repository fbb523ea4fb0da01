// A drawing wider than its room says how much lies outside on either side, and moves there; without scripts it scrolls.
"use strict";

const wide = document.querySelector("[data-wide]");
const room = wide.querySelector(".scroll");
const marks = Array.from(room.querySelectorAll(".node, .appearance"));
const ways = Array.from(wide.querySelectorAll("[data-beyond]"));
const fit = wide.querySelector("[data-fit]");

function beyond(side, edges) {
  return marks.filter((mark) => {
    const box = mark.getBoundingClientRect();
    const middle = (box.left + box.right) / 2;
    return side === "left" ? middle < edges.left : middle > edges.right;
  }).length;
}

function tell() {
  const edges = room.getBoundingClientRect();
  const isWider = room.scrollWidth > room.clientWidth + 1;
  for (const way of ways) {
    const count = isWider ? beyond(way.dataset.beyond, edges) : 0;
    // A button that has the focus stays until it is left: else the keyboard would lose its place.
    way.hidden = count === 0 && way !== document.activeElement;
    way.disabled = count === 0;
    way.querySelector("span").textContent = way.dataset.words.replace("{count}", count.toLocaleString(document.documentElement.lang));
  }
  fit.hidden = !isWider && !wide.classList.contains("fitted");
}

for (const way of ways) {
  way.addEventListener("click", () => {
    room.scrollBy({ left: (way.dataset.beyond === "left" ? -0.8 : 0.8) * room.clientWidth });
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  if (event.key !== "f" || fit.hidden) return;
  event.preventDefault();
  fit.click();
});

room.addEventListener("scroll", tell, { passive: true });
new ResizeObserver(tell).observe(room);
tell();
