// For those whose browser runs scripts; every page works without. Nothing is kept, and nothing of others is asked for.
//
// Links and forms of these pages are answered in place, over one single entry of the tab's history. So the quick exit,
// which replaces that entry, leaves nothing to go back to, no form waits in the history to be sent again, and what was
// typed on a bad line is still there when sending fails.
"use strict";

const OURS = /^\/\d{8}\/report\//;
let mayGo = false;
let isTyped = false;

// --- the quick exit: off the screen at once, then out of the history ---------------------------------------------------
function leave(event) {
  event.preventDefault();
  mayGo = true;
  const target = document.getElementById("leave").href;
  document.title = "";
  document.body.hidden = true;
  location.replace(target);
}

let lastEscape = -Infinity;
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (event.timeStamp - lastEscape < 1500) leave(event);
  lastEscape = event.timeStamp;
});

// --- answers in place ---------------------------------------------------------------------------------------------------
function show(fresh, address) {
  if (!fresh?.getElementById("content")) return false;
  history.replaceState(null, "", address);
  document.title = fresh.title;
  document.body.replaceWith(document.adoptNode(fresh.body));
  isTyped = false;
  begin();
  scrollTo(0, 0);
  (document.querySelector("main [role=alert]:not([hidden])") ?? document.getElementById("content")).focus();
  return true;
}

function ask(method, address, sent, { progress, failed }) {
  const request = new XMLHttpRequest();
  request.open(method, address);
  request.responseType = "document";
  request.upload.onprogress = ({ loaded, total }) => progress?.(loaded / total);
  request.onload = () => show(request.response, request.responseURL || address) || failed();
  request.onerror = request.onabort = failed;
  request.send(sent);
}

function sendForm(event) {
  const { target: form, submitter } = event;
  if (form.dataset.plain !== undefined || !submitter || !OURS.test(new URL(form.action).pathname)) return;
  event.preventDefault();
  const sent = new FormData(form);
  if (submitter.name) sent.append(submitter.name, submitter.value);
  const bar = document.getElementById("sending");
  const lost = document.getElementById("lost");
  submitter.disabled = true;
  lost.hidden = true;
  bar.hidden = false;
  submitter.after(bar, lost);
  const failed = () => {
    submitter.disabled = false;
    bar.hidden = true;
    lost.hidden = false;
    lost.focus();
  };
  const progress = (part) => {
    bar.querySelector("progress").value = part;
  };
  ask("POST", form.action, sent, { progress, failed });
}

function followLink(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.id === "leave") return leave(event);
  if (link.origin !== location.origin || !OURS.test(link.pathname)) return;
  event.preventDefault();
  if (link.hash && link.pathname === location.pathname) {
    const place = document.getElementById(link.hash.slice(1));
    place?.closest("details")?.setAttribute("open", "");
    place?.scrollIntoView({ block: "center" });
    place?.focus();
    return;
  }
  if (isAtRisk() && !confirm(document.getElementById("at-risk").textContent)) return;
  ask("GET", link.href, null, { failed: () => location.replace(link.href) });
}

document.addEventListener("submit", sendForm);
document.addEventListener("click", followLink);

// --- what would be lost -------------------------------------------------------------------------------------------------
function isAtRisk() {
  return !mayGo && (isTyped || document.querySelector("main[data-leave]") !== null);
}

document.addEventListener("input", ({ target }) => {
  isTyped ||= Boolean(target.closest("#report"));
});
addEventListener("beforeunload", (event) => {
  if (isAtRisk()) event.preventDefault();
});

// A page that comes back out of the browser's memory still shows what was typed: ask for a fresh one instead.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  mayGo = true;
  document.body.hidden = true;
  location.reload();
});

// --- files --------------------------------------------------------------------------------------------------------------
document.addEventListener("change", ({ target }) => {
  const tooLarge = document.getElementById("too-large");
  if (!tooLarge || target.type !== "file") return;
  const bytes = Array.from(target.files, (file) => file.size).reduce((sum, size) => sum + size, 0);
  tooLarge.hidden = bytes <= Number(tooLarge.dataset.mb) * 1024 * 1024;
});

function begin() {
  document.getElementById("keys").hidden = false;
}

begin();
