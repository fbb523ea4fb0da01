// Deciding pairs by keyboard: a, s and r choose what Enter will send, u takes back; in the queue c compares.
"use strict";

const pairs = Array.from(document.querySelectorAll(".pairs > [data-entry]"));
const current = () => pairs.find((pair) => pair.contains(document.activeElement)) || pairs[0];
const compared = document.querySelector(".compare .decide");
const keysHere = document.querySelector(".keys-here");
if (keysHere) keysHere.hidden = false;
const VERDICTS = { a: "accept", s: "same_scene", r: "reject" };

function formAtHand() {
  const pair = current();
  return pair ? pair.querySelector(".decide") : compared;
}

function choose(form, verdict) {
  const buttons = Array.from(form.querySelectorAll('button[name="verdict"]'));
  if (!buttons.some((button) => button.value === verdict)) return;
  for (const button of buttons) button.classList.toggle("chosen", button.value === verdict);
  form.elements.reason.focus();
}

for (const form of document.querySelectorAll(".pairs .decide, .compare .decide")) {
  const reason = form.querySelector('input[name="reason"]:not([type="hidden"])');
  if (!reason) continue;
  reason.addEventListener("keydown", (event) => {
    if (event.key === "Escape") (form.closest("[data-entry]") || reason).focus();
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const chosen = form.querySelector("button.chosen");
    if (chosen) form.requestSubmit(chosen);
    else form.querySelector('button[name="verdict"]').focus();
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const form = formAtHand();
  const compare = current() && current().querySelector("[data-compare]");
  if (event.key === "u") {
    const undo = document.querySelector('.notice button[value="undo"], .compare button[value="undo"]');
    if (undo) undo.click();
  } else if (event.key in VERDICTS && form) choose(form, VERDICTS[event.key]);
  else if (event.key === "c" && compare) compare.click();
  else return;
  event.preventDefault();
});

// After a decision the next pair is the one at hand.
if (document.querySelector(".notice") && pairs[0]) pairs[0].focus();
