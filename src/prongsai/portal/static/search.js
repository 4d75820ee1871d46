// Looks for words in the files of words of this site, which are read one after another as scripts: that works from a USB
// stick too. Nothing is sent anywhere.
"use strict";
(function () {
  const found = document.getElementById("found");
  const status = document.getElementById("status");
  const results = document.getElementById("results");
  const more = document.getElementById("more");
  const box = document.getElementById("q");
  const files = Number(found.dataset.files);
  const root = found.dataset.root;
  const AT_ONCE = 4, SHOWN = 20, AROUND = 70;
  const MARK = /[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/;
  const rows = [];
  document.getElementById("without").remove();
  let asked = 0, came = 0, missing = 0, terms = [], hits = [], shown = SHOWN;

  const thai = (number) => String(number).replace(/[0-9]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙"[digit]);
  // Every letter stays one letter, so that a place in the folded text is the same place in the text.
  const fold = (text) => text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const tidy = (text) => text.normalize("NFC").replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, "$1\u0e33").replace(/เเ/g, "แ");

  window.prongsaiSearch = function (number, given) {
    const start = rows.length;
    for (const [address, title, label, words] of given) {
      rows.push({ address, title, label, words, inTitle: fold(title), inWords: fold(words) });
    }
    look(start);
  };

  function weight(row) {
    let sum = 0;
    for (const term of terms) {
      const place = row.inTitle.indexOf(term);
      if (place < 0 && !row.inWords.includes(term)) return 0;
      sum += place === 0 ? 4 : place > 0 ? 3 : 1;
    }
    return sum;
  }

  function look(start) {
    if (!terms.length) return;
    for (let at = start; at < rows.length; at += 1) {
      const sum = weight(rows[at]);
      if (sum) hits.push({ row: rows[at], sum, at });
    }
    hits.sort((one, other) => other.sum - one.sum || one.at - other.at);
  }

  function marked(target, text, folded) {
    let at = 0;
    while (at < text.length) {
      let next = -1, length = 0;
      for (const term of terms) {
        const place = folded.indexOf(term, at);
        if (place >= 0 && (next < 0 || place < next)) { next = place; length = term.length; }
      }
      if (next < 0) break;
      target.append(text.slice(at, next));
      const mark = document.createElement("mark");
      let end = next + length;
      while (end < text.length && MARK.test(text[end])) end += 1;
      mark.textContent = text.slice(next, end);
      target.append(mark);
      at = end;
    }
    target.append(text.slice(at));
  }

  function excerpt(row) {
    const places = terms.map((term) => row.inWords.indexOf(term)).filter((place) => place >= 0);
    const first = places.length ? Math.min(...places) : 0;
    let start = Math.max(0, first - AROUND), end = Math.min(row.words.length, first + AROUND * 2);
    while (start > 0 && MARK.test(row.words[start])) start -= 1;
    while (end < row.words.length && MARK.test(row.words[end])) end += 1;
    return [start, end];
  }

  function item(row) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.className = "row-title";
    link.href = root + row.address.split("/").map(encodeURIComponent).join("/");
    marked(link, row.title, row.inTitle);
    const label = document.createElement("p");
    label.className = "small soft";
    label.textContent = row.label;
    const said = document.createElement("p");
    const [start, end] = excerpt(row);
    if (start > 0) said.append("… ");
    marked(said, row.words.slice(start, end), row.inWords.slice(start, end));
    if (end < row.words.length) said.append(" …");
    line.append(label, link, said);
    return line;
  }

  function show() {
    results.replaceChildren(...hits.slice(0, shown).map((hit) => item(hit.row)));
    more.hidden = hits.length <= shown;
    if (!terms.length) status.textContent = "";
    else if (came <= files) status.textContent = `กำลังค้น… พบแล้ว ${thai(hits.length)} หน้า`;
    else status.textContent = (hits.length ? `พบ ${thai(hits.length)} หน้า` : "ไม่พบหน้าที่มีคำนี้ ลองใช้คำที่สั้นลง")
      + (missing ? " (อ่านข้อมูลบางส่วนไม่ได้ ผลอาจไม่ครบ)" : "");
  }

  function begin() {
    terms = fold(tidy(box.value)).split(/\s+/).filter(Boolean);
    hits = [];
    shown = SHOWN;
    look(0);
    if (terms.length) for (let lane = asked; lane < AT_ONCE; lane += 1) read();
    show();
  }

  function read() {
    if (asked > files) return;
    const script = document.createElement("script");
    script.src = `${root}assets/search/${asked}.js`;
    asked += 1;
    script.onload = script.onerror = function (event) {
      came += 1;
      if (event.type === "error") missing += 1;
      script.remove();
      show();
      read();
    };
    document.head.append(script);
  }

  let waiting = 0;
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(begin, 150); });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    try { history.replaceState(null, "", `?q=${encodeURIComponent(box.value)}`); } catch { /* from a file, some browsers refuse */ }
    begin();
  });
  more.addEventListener("click", () => { shown += SHOWN; show(); });
  box.value = new URLSearchParams(location.search).get("q") || "";
  begin();
})();
