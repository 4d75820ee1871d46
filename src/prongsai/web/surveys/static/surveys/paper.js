// Typing in sheets of paper by the keyboard alone: a digit leads on to the next question, Enter too, arrows go up and down.
// Without it each field is gone to by Tab; nothing is kept and nothing is asked for.
"use strict";

const form = document.querySelector(".paper-entry");
if (form) {
  const fields = [...form.querySelectorAll(".entry input, .entry textarea")];
  const button = form.querySelector("button");
  const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
  const go = (field, by) => {
    const next = fields[fields.indexOf(field) + by] ?? (by > 0 ? button : form.querySelector("#code"));
    next.focus();
    next.select?.();
  };
  const isKnown = (field) => {
    const most = Number(field.dataset.options);
    const text = arabic(field.value).trim();
    const numbers = most < 10 ? [...text.replace(/[\s,.;/+-]/g, "")] : text.split(/[\s,.;/+-]+/).filter(Boolean);
    return text === "0" || numbers.every((number) => Number(number) >= 1 && Number(number) <= most);
  };

  form.addEventListener("input", ({ target }) => {
    if (!target.dataset.options) return;
    target.toggleAttribute("data-wrong", !isKnown(target));
    if ("quick" in target.dataset && target.value.trim() && isKnown(target)) go(target, 1);
  });
  form.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (target.id === "code" && key === "Enter") {
      event.preventDefault();
      fields[0].focus();
    }
    if (target.tagName !== "INPUT" || !fields.includes(target) || event.isComposing) return;
    const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[key] ?? (key === "Backspace" && !target.value ? -1 : 0);
    if (!by) return;
    event.preventDefault();
    go(target, by);
  });
  form.addEventListener("submit", () => setTimeout(() => { button.disabled = true; }));
  addEventListener("pageshow", () => { button.disabled = false; });
  (form.querySelector("[aria-invalid]") ?? (form.querySelector("[role=status]") ? fields[0] : null))?.focus();
}
