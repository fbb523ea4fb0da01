// The review queue by keyboard: a, s and r choose what Enter will send, c compares, u takes the last decision back.
"use strict";

const pairs = Array.from(document.querySelectorAll(".pairs > [data-entry]"));
const current = () => pairs.find((pair) => pair.contains(document.activeElement)) || pairs[0];
const keysHere = document.querySelector(".keys-here");
keysHere.hidden = false;

function choose(form, verdict) {
  const buttons = Array.from(form.querySelectorAll('button[name="verdict"]'));
  if (!buttons.some((button) => button.value === verdict)) return;
  for (const button of buttons) button.classList.toggle("chosen", button.value === verdict);
  form.elements.reason.focus();
}

for (const pair of pairs) {
  const reason = pair.querySelector('.decide input[name="reason"]:not([type="hidden"])');
  if (!reason) continue;
  reason.addEventListener("keydown", (event) => {
    if (event.key === "Escape") pair.focus();
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const chosen = reason.form.querySelector("button.chosen");
    if (chosen) reason.form.requestSubmit(chosen);
    else reason.form.querySelector('button[name="verdict"]').focus();
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const pair = current();
  if (event.key === "u") {
    const undo = document.querySelector('.notice button[value="undo"]');
    if (undo) undo.click();
  } else if (!pair) return;
  else if (event.key === "a") choose(pair.querySelector(".decide"), "accept");
  else if (event.key === "s") choose(pair.querySelector(".decide"), "same_scene");
  else if (event.key === "r") choose(pair.querySelector(".decide"), "reject");
  else if (event.key === "c") pair.querySelector("[data-compare]").click();
  else return;
  event.preventDefault();
});

// After a decision the next pair is the one at hand.
if (document.querySelector(".notice") && pairs[0]) pairs[0].focus();
