// For those whose browser runs scripts; the page works without. What is typed is kept on this device, by the address of
// the survey and for a day at most, until the server says that it is stored. Whoever opens the address later is asked before
// any of it shows: they may be somebody else. Nothing is asked of anybody else.
"use strict";

(function () {
  const KEPT_MS = 24 * 60 * 60 * 1000;
  const PATIENCE_MS = 30000;
  const WAITS_S = [2, 4, 8, 15, 30, 60];
  const CODE_DIGITS = 16;
  let form = null;
  let slot = "";
  let tries = 0; // of the form as it was sent last
  let isSending = false;
  let waiting = 0; // what ends the time between two tries

  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const digits = (text) => text.replace(/[๐-๙]/g, (one) => one.charCodeAt(0) - 0x0e50).replace(/\D/g, "");
  const isThai = () => document.documentElement.lang === "th";
  const told = (number) => String(number).replace(/\d/g, (one) => (isThai() ? "๐๑๒๓๔๕๖๗๘๙"[one] : one));

  // --- what is kept on the device ----------------------------------------------------------------------------------------
  // The tab in which they were typed keeps the name of their form: a reload there needs no question.
  const store = {
    read(name) {
      try {
        const kept = JSON.parse(localStorage.getItem(name || slot));
        const age = Date.now() - kept.at;
        return age >= 0 && age < KEPT_MS ? kept : null;
      } catch (fault) {
        return null;
      }
    },
    write(kept) {
      try {
        localStorage.setItem(slot, JSON.stringify(kept));
        sessionStorage.setItem(slot, kept.form);
        return true;
      } catch (fault) {
        return false;
      }
    },
    drop() {
      store.leaveTab();
      try {
        localStorage.removeItem(slot);
      } catch (fault) {
        // nothing is kept then
      }
    },
    dropOld() {
      try {
        for (const name of Object.keys(localStorage)) {
          if (name.startsWith("ask:") && !store.read(name)) localStorage.removeItem(name);
        }
      } catch (fault) {
        // nothing is kept then
      }
    },
    leaveTab() {
      try {
        sessionStorage.removeItem(slot);
      } catch (fault) {
        // no tab has a mark then
      }
    },
    isOfTab(kept) {
      try {
        const came = performance.getEntriesByType("navigation")[0];
        return sessionStorage.getItem(slot) === kept.form && came.type !== "navigate";
      } catch (fault) {
        return false;
      }
    },
  };

  // Somebody may have begun in another tab meanwhile.
  function isOthers(name) {
    const kept = store.read();
    return Boolean(kept && name && kept.form !== name);
  }

  function keep() {
    const values = all("input, textarea, select", form)
      .filter((one) => one.name && one.name !== "form" && (/radio|checkbox/.test(one.type) ? one.checked : one.value))
      .map((one) => [one.name, one.value]);
    const isKept = store.write({ at: Date.now(), form: form.elements.form.value, tries, values });
    if (!isSending && !waiting) say(isKept ? "kept" : "unkept");
  }

  function bringBack(kept) {
    form.elements.form.value = kept.form;
    tries = kept.tries || 0;
    for (const [name, value] of kept.values) {
      for (const one of all("input, textarea, select", form).filter((each) => each.name === name)) {
        if (/radio|checkbox/.test(one.type)) one.checked = one.checked || one.value === value;
        else one.value = value;
      }
    }
  }

  function offer(kept) {
    const box = document.getElementById("left");
    const choose = (selector, chosen) =>
      (box.querySelector(selector).onclick = () => {
        box.hidden = true;
        form.hidden = false;
        chosen();
        look();
        document.getElementById("content").focus();
      });
    choose("[data-go-on]", () => {
      bringBack(kept);
      keep();
      say("back");
    });
    choose("[data-begin]", () => {
      if (!isOthers(kept.form)) store.drop();
    });
    store.leaveTab(); // a reload asks again until somebody has chosen
    form.hidden = true;
    box.hidden = false;
    box.focus();
  }

  function clear(button) {
    if (!confirm(button.dataset.sure)) return;
    stopWaiting();
    store.drop();
    if (!form) return button.parentNode.remove();
    for (const one of all("input, textarea, select", form)) {
      if (/radio|checkbox/.test(one.type)) one.checked = false;
      else if (one.name !== "form") one.value = "";
    }
    form.elements.form.value = newName(); // what was sent before, if anything, is another answer
    tries = 0;
    say("");
    look();
    scrollTo(0, 0);
    document.getElementById("content").focus();
  }

  function newName() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return btoa(String.fromCharCode.apply(null, bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  }

  // --- how the page follows what is answered ------------------------------------------------------------------------------
  function look() {
    for (const question of all("[data-if]", form)) {
      const values = question.dataset.is.split(" ");
      const chosen = all(`[name="${question.dataset.if}"]`, form).filter((one) => one.checked && !one.disabled);
      const isAsked = chosen.some((one) => values.indexOf(one.value) >= 0);
      question.hidden = !isAsked;
      for (const one of all("input, textarea", question)) {
        one.disabled = !isAsked;
        one.required = isAsked && one.dataset.must !== undefined;
      }
    }
    for (const question of all("[data-any]", form)) {
      const boxes = all("input", question);
      const isMissing = !question.hidden && !boxes.some((one) => one.checked);
      boxes[0].setCustomValidity(isMissing ? question.dataset.any : "");
    }
    const group = form.querySelector("[data-group]");
    if (group) {
      group.hidden = digits(form.elements.code.value).length === CODE_DIGITS; // a code brings its own
      for (const one of all("input, select", group)) one.required = !group.hidden && !form.elements.code.value;
    }
    for (const line of all("[data-letters-of]", form)) {
      const area = document.getElementById(line.dataset.lettersOf);
      line.hidden = false;
      line.textContent = `${told(area.value.length)} / ${told(area.maxLength)}`;
    }
    const asked = all("[data-q]", form).filter((one) => !one.hidden);
    const line = form.querySelector(".done-of");
    line.hidden = false;
    line.textContent = line.dataset.says
      .replace("{n}", told(asked.filter(isAnswered).length))
      .replace("{all}", told(asked.length));
    form.querySelector(".bar").classList.add("on");
  }

  function isAnswered(question) {
    const names = new Set(all("input, textarea, select", question).map((one) => one.name));
    return Array.from(names).every((name) =>
      all(`[name="${name}"]`, question).some((one) =>
        /radio|checkbox/.test(one.type) ? one.checked : one.value.trim()
      )
    );
  }

  function say(what, number) {
    const state = document.getElementById("state");
    const text = what ? state.dataset[what].replace("{n}", told(number)) : "";
    state.dataset.now = what;
    if (state.textContent !== text) state.textContent = text;
  }

  // --- sending ------------------------------------------------------------------------------------------------------------
  function stopWaiting() {
    clearTimeout(waiting);
    waiting = 0;
  }

  async function send() {
    stopWaiting();
    if (isSending) return;
    isSending = true;
    tries += 1;
    if (!isOthers(form.elements.form.value)) keep();
    say("sending");
    const ended = new AbortController();
    const patience = setTimeout(() => ended.abort(), PATIENCE_MS);
    try {
      const answer = await fetch(location.pathname, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        signal: ended.signal,
      });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      isSending = false;
      if (!show(page)) fail(answer.status, page);
    } catch (fault) {
      isSending = false;
      fail(0, null);
    } finally {
      clearTimeout(patience);
    }
  }

  // A page that is none of ours comes from something between: a sign-in of a public network, a proxy.
  function show(page) {
    const fresh = page.querySelector("main[data-ask]");
    if (!fresh) return false;
    document.title = page.title;
    document.getElementById("content").replaceWith(document.adoptNode(fresh));
    scrollTo(0, 0);
    begin();
    return true;
  }

  function fail(status, page) {
    if (status >= 400 && status < 500 && page.querySelector("h1")) {
      say("broken");
      document.getElementById("state").append(` ${page.querySelector("h1").textContent}`);
      return;
    }
    const seconds = WAITS_S[Math.min(tries, WAITS_S.length) - 1];
    say(navigator.onLine === false ? "offline" : "waiting", seconds);
    waiting = setTimeout(send, seconds * 1000);
  }

  // --- beginning ----------------------------------------------------------------------------------------------------------
  // The part of an address after # is never sent to a server: so a code from a QR stands in no log.
  function takeCode() {
    const code = digits(decodeURIComponent(location.hash));
    if (!form || !form.elements.code || code.length !== CODE_DIGITS) return "";
    history.replaceState(null, "", location.pathname);
    form.elements.code.value = inFours(code);
    const folded = form.elements.code.closest("details");
    if (folded) folded.open = true;
    return code;
  }

  const inFours = (code) => digits(code).replace(/(.{4})(?=.)/g, "$1 ");

  function begin() {
    const main = document.getElementById("content");
    store.dropOld();
    if (main.dataset.stored !== undefined) return finish(main);
    form = document.getElementById("ask");
    slot = `ask:${(form || main).dataset.slot}`;
    const kept = store.read();
    if (!form) {
      const left = main.querySelector("[data-left]");
      if (left) left.hidden = !kept;
      return;
    }
    all("[data-clear]", form).forEach((button) => (button.hidden = false));
    const code = takeCode();
    if (main.dataset.sent !== undefined) {
      look();
      if (!isOthers(form.elements.form.value)) keep();
      say("broken");
    } else if (kept && (!code || digits(keptCode(kept)) === code)) {
      if (store.isOfTab(kept)) {
        bringBack(kept);
        say("back");
      } else offer(kept);
      look();
    } else {
      if (code) store.drop(); // another paper: whoever had the one before sits elsewhere
      look();
    }
    const first = main.querySelector("[autofocus]");
    if (first) first.focus();
  }

  const keptCode = (kept) => (kept.values.find((one) => one[0] === "code") || ["", ""])[1];

  function finish(main) {
    const sent = form && form.elements.form.value;
    form = null;
    stopWaiting();
    slot = `ask:${main.dataset.stored}`;
    if (!isOthers(sent)) store.drop();
    const head = document.getElementById("done");
    if (head) head.focus();
  }

  const changed = () => {
    look();
    keep();
  };
  document.addEventListener("input", ({ target }) => {
    if (form && form.contains(target)) changed();
  });
  document.addEventListener("change", ({ target }) => {
    if (!form || !form.contains(target)) return;
    if (target.name === "code") target.value = inFours(target.value);
    changed();
  });
  document.addEventListener("click", ({ target }) => {
    if (target.dataset && target.dataset.clear !== undefined) clear(target);
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== form || !window.fetch || !window.AbortController || !window.URLSearchParams) return;
    event.preventDefault();
    send();
  });
  addEventListener("online", () => {
    if (waiting) send();
  });
  addEventListener("hashchange", () => {
    if (digits(location.hash).length === CODE_DIGITS) location.reload(); // another paper was scanned
  });

  document.documentElement.classList.add("js");
  begin();
})();
