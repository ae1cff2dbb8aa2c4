// The room's console: forms are sent from here, what the room says stands beside them, and nothing that was written is lost.
(() => {
  const HERE = "room:scroll", SAID = "room:said";
  const console_ = () => document.querySelector("main.console");
  const LONGEST = 20000; // a browser takes half a minute to find the direction of a million letters
  const SILENT = "The room does not answer just now. Nothing was saved; what you wrote is still here.";

  function written(form, button) {
    const said = new URLSearchParams(new FormData(form));
    if (button?.name) said.set(button.name, button.value);
    if (form.dataset.seen) said.set("seen", form.dataset.seen);
    const picked = form.querySelector(".picked[data-source]");
    if (picked) {
      said.set("origin.source", picked.dataset.source);
      said.set("origin.key", picked.dataset.key);
    }
    return said;
  }

  async function send(form, button) {
    const buttons = form.querySelectorAll("button"), place = form.querySelector(":scope > .refusal");
    buttons.forEach((one) => { one.disabled = true; });
    place.hidden = true;
    try {
      const answer = await room.send(form.action, written(form, button));
      if (answer.ok) return done(answer);
      refuse(form, place, answer);
    } catch {
      refuse(form, place, { refusal: SILENT });
    }
    buttons.forEach((one) => { one.disabled = false; });
  }

  function done(answer) {
    document.body.classList.remove("is-writing");
    if (answer.said) sessionStorage.setItem(SAID, answer.said);
    if (answer.to && answer.to !== location.pathname) return location.assign(answer.to);
    sessionStorage.setItem(HERE, JSON.stringify([location.pathname, scrollY]));
    return location.reload();
  }

  function line(kind, words) {
    const one = document.createElement(kind);
    one.textContent = words;
    one.dir = "auto";
    return one;
  }

  // Somebody else was first: what changed is told in place, and the person decides again having seen it.
  function refuse(form, place, answer) {
    place.replaceChildren(line("p", answer.refusal));
    if (answer.changed) {
      const list = document.createElement("ul");
      list.append(...answer.changed.steps.map((one) => line("li", one)));
      const again = line("p", "Look at it. If you still want this, send it again; or ");
      const link = line("a", "see the issue as it is now");
      link.href = location.href;
      link.target = "_blank";
      again.append(link, ".");
      place.replaceChildren(line("p", "Somebody has moved this issue since you looked:"), list, again);
      form.dataset.seen = answer.changed.seen;
    }
    place.hidden = false;
    place.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("main.console form.ask")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  }, true);

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.closest?.("main.console form")) return;
    if (field.matches("textarea, input:not([type=checkbox], [type=radio], [type=search], [type=password])") && field.value) document.body.classList.add("is-writing");
    if (field.matches("textarea")) field.dir = field.value.length > LONGEST ? "ltr" : "auto";
    if (field.dataset.reads) later("read", () => read(field), 400);
    if (field.name === "search") later("search", () => search(field), 300);
    if (field.name?.startsWith("present.")) held();
  });
  addEventListener("beforeunload", (event) => { if (document.body.classList.contains("is-writing")) event.preventDefault(); });

  const waiting = {};
  function later(name, act, wait) {
    clearTimeout(waiting[name]);
    waiting[name] = setTimeout(act, wait);
  }

  // Golden rule 4: an answer is read while it is written; the customer's wording is one touch away.
  async function read(field) {
    const place = field.closest("form").querySelector(".reading"), text = field.value;
    if (!text.trim()) return place.replaceChildren();
    try {
      const said = await room.send("/room/read", new URLSearchParams({ text }), 10000);
      if (field.value !== text) return;
      place.replaceChildren(...(said.refusal ? [line("p", said.refusal)] : [...said.hits.map((hit) => hint(field, hit)), line("p", said.ease)]));
    } catch { /* the next letter asks again */ }
  }

  function hint(field, hit) {
    const one = document.createElement("p"), said = document.createElement("span"), banned = hit.kind === "banned term";
    one.className = "hit";
    one.append(said);
    said.append(banned ? "A customer would not say “" : "A customer may not know “", line("mark", hit.term), banned ? "”. " : "”: say what it means. ");
    if (hit.instead) {
      const offer = line("button", `Use “${hit.instead}”`);
      offer.type = "button";
      offer.addEventListener("click", () => replace(field, hit));
      one.append(offer);
    }
    return one;
  }

  function replace(field, hit) {
    const term = hit.term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const plain = field.value.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${term}(?![\\p{L}\\p{N}_])`, "giu"), () => hit.instead);
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, plain);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    read(field);
  }

  // Golden rule 1: the customer's words are looked for among what the sources have brought.
  async function search(field) {
    const place = field.closest("form").querySelector(".found"), words = field.value.trim();
    if (words.length < 2) return place.replaceChildren();
    try {
      const said = await room.json(`/room/voices?${new URLSearchParams({ words })}`);
      if (field.value.trim() !== words) return;
      const none = [line("p", said.refusal || "Nobody has said these words. Try fewer of them, or write down what you heard.")];
      place.replaceChildren(...(said.found?.length ? said.found.map((one) => found(field.closest("form"), one)) : none));
    } catch {
      place.replaceChildren(line("p", SILENT));
    }
  }

  function found(form, one) {
    const choice = document.createElement("button");
    choice.type = "button";
    choice.role = "option";
    choice.append(line("q", one.words), line("small", one.by));
    choice.addEventListener("click", () => pick(form, one));
    return choice;
  }

  function pick(form, one) {
    const place = form.querySelector(".picked"), quote = line("blockquote", `“${one.words}”`);
    quote.className = "words";
    const already = one.issue ? [line("p", `Issue ${one.issue} has this already.`)] : [];
    place.replaceChildren(quote, line("p", one.by), ...already);
    place.dataset.source = one.source;
    place.dataset.key = one.key;
    chosen(form, true);
    ["perimeter", "stage", "touchpoint", "issue_type"].forEach((name) => {
      const field = form.elements[name];
      if (one[name] && [...field.options].some((option) => option.value === one[name])) field.value = one[name];
    });
  }

  function chosen(form, is) {
    form.querySelector(".picked").hidden = form.querySelector(".unpick").hidden = !is;
    form.querySelector(".ways-in").hidden = is;
  }

  document.addEventListener("click", (event) => {
    const form = event.target.closest?.("main.console form");
    if (event.target.matches?.(".unpick")) {
      const place = form.querySelector(".picked");
      delete place.dataset.source;
      delete place.dataset.key;
      place.replaceChildren();
      chosen(form, false);
    }
    if (event.target.matches?.(".one-more")) {
      const rows = [...form.querySelectorAll(".touched .row")], next = rows.find((row) => row.hidden);
      if (next) next.hidden = false;
      event.target.hidden = rows.every((row) => !row.hidden);
    }
  });

  // Golden rule 3: which affected function nobody in the room may decide for, said before anything is sent.
  function held() {
    document.querySelectorAll("main.console form.decide").forEach((form) => {
      const here = new Set([...form.querySelectorAll('input[name^="present."]:checked')].map((one) => one.name.slice(8)));
      form.querySelectorAll(".held li").forEach((one) => {
        const holds = one.dataset.holders.split(",").some((holder) => here.has(holder));
        one.classList.toggle("missing", !holds);
        one.querySelector(".state").textContent = holds ? "somebody with its mandate is here" : "nobody with its mandate is here";
      });
    });
  }

  // A page that has just been drawn: the same place as before, and what was done.
  let drawn = null;
  function arrive() {
    if (!console_() || drawn === console_()) return;
    drawn = console_();
    held();
    const said = sessionStorage.getItem(SAID), place = drawn.querySelector(".told-now");
    if (said && place) {
      sessionStorage.removeItem(SAID);
      place.textContent = said;
      place.hidden = false;
      setTimeout(() => { place.hidden = true; }, 6000);
    }
    const [path, top] = JSON.parse(sessionStorage.getItem(HERE) || "[]");
    sessionStorage.removeItem(HERE);
    if (path === location.pathname) setTimeout(() => scrollTo(0, top), 60);
  }
  new MutationObserver(arrive).observe(document.documentElement, { childList: true, subtree: true });
})();
