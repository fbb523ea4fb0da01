// What a keyboard and a mouse can do beyond links and forms. Every page works without this file.
"use strict";

const entries = () => Array.from(document.querySelectorAll("[data-entry]"));

function isTyping(target) {
  return target.matches("input, select, textarea, [contenteditable]");
}

function step(by) {
  const all = entries();
  const here = all.findIndex((entry) => entry.contains(document.activeElement));
  const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
  if (!next) return;
  const inside = next.querySelector("a, button");
  (inside || next).focus();
  next.scrollIntoView({ block: "nearest" });
}

function follow(selector) {
  const link = document.querySelector(selector);
  if (link) link.click();
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 1500);
  });
}

const zoom = document.querySelector("[data-zoom]");
function toggleZoom() {
  zoom.classList.toggle("zoomed");
}
if (zoom) {
  zoom.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggleZoom();
  });
}

for (const button of document.querySelectorAll("[data-busy]")) {
  button.form.addEventListener("submit", () => {
    button.textContent = button.dataset.busy;
    button.disabled = true;
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const isRightToLeft = document.documentElement.dir === "rtl";
  const scrolls = document.activeElement && document.activeElement.closest(".scroll");
  if (event.key === "/") document.getElementById("q").focus();
  else if (event.key === "?") {
    const keys = document.getElementById("keys");
    keys.open = true;
    keys.querySelector("summary").focus();
  } else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "ArrowRight" && !scrolls) follow(isRightToLeft ? 'a[rel="prev"]' : 'a[rel="next"]');
  else if (event.key === "ArrowLeft" && !scrolls) follow(isRightToLeft ? 'a[rel="next"]' : 'a[rel="prev"]');
  else if (event.key === "z" && zoom) toggleZoom();
  else return;
  event.preventDefault();
});
