/* Heard's chat as one element, <heard-chat>, in a shadow root. No framework, no cookies.
   <script src="https://hub.example/widget.js" defer></script> puts a button in the corner of any page;
   an element <heard-chat inline></heard-chat> puts the chat where it stands, in place of what is inside it. */
const LONGEST = 2000;
const SLOW = 5000;
const RTL = /^(ar|fa|he|ps|ur)$/;

const touch = matchMedia("(pointer: coarse)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const small = matchMedia("(max-width: 30em), (max-height: 24em)"); // as in widget.css

const spoken = (code) => {
  const short = (code || "").slice(0, 2).toLowerCase();
  return short in WORDS ? short : "en";
};

class HeardChat extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const typed = this.querySelector("textarea");
    this.inline = this.hasAttribute("inline");
    this.language = spoken(this.getAttribute("lang") || document.documentElement.lang);
    this.replies = new Replies((key) => this.say(key), (payload, shown) => this.send({ payload }, shown, true));
    const root = this.attachShadow({ mode: "open" });
    this.dress(root);
    this.all = el("div", { class: "heard" }, this.makePanel(), this.inline ? null : this.makeOpener());
    root.append(this.all);
    this.speak(this.language);
    this.begin(kept.get());
    document.addEventListener("click", (event) => this.askedOutside(event));
    if (typed) this.input.value = typed.value; // somebody was quicker than this script
    this.replaceChildren();
  }

  dress(root) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    } catch { // Safari before 16.4
      root.append(el("link", { rel: "stylesheet", href: at("widget.css") }));
    }
  }

  makePanel() {
    this.log = el("div", { class: "log", role: "group", tabindex: "0" });
    this.status = el("div", { class: "hidden", role: "status" });
    this.heading = el("h2", { id: "title", tabindex: "-1", "data-say": "title" });
    const buttons = [el("button", { type: "button", "data-say": "clear", onclick: () => this.clear() })];
    if (!this.inline) buttons.push(el("button", { type: "button", "data-say": "close", onclick: () => this.close() }));
    const kind = this.inline ? { class: "panel inline" } : { class: "panel floating", role: "dialog", hidden: "" };
    this.panel = el("section", { ...kind, "aria-labelledby": "title" }, el("div", { class: "head" }, icon(), this.heading, ...buttons), this.log, this.makeForm(), this.status);
    return this.panel;
  }

  makeForm() {
    this.input = el("textarea", { id: "said", rows: "1", dir: "auto", autocomplete: "off", enterkeyhint: "send", "aria-describedby": "problem hint", oninput: () => this.grow() });
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.submit();
    });
    this.problem = el("p", { id: "problem", class: "problem", role: "alert" });
    this.form = el(
      "form",
      { class: "ask", onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      el("label", { for: "said", "data-say": "label" }),
      el("div", { class: "row" }, this.input, el("button", { type: "submit", class: "act", "data-say": "send" })),
      this.problem,
      el("p", { id: "hint", class: "hint", "data-say": "hint" }),
    );
    return this.form;
  }

  makeOpener() {
    this.opener = el("button", { type: "button", class: "act opener", "aria-haspopup": "dialog", onclick: () => this.open() }, icon(), el("span", { "data-say": "open" }));
    this.panel.addEventListener("keydown", (event) => this.key(event));
    small.addEventListener("change", () => this.fit());
    if (window.visualViewport) visualViewport.addEventListener("resize", () => this.fit());
    return this.opener;
  }

  say(key) {
    return WORDS[this.language][key] || WORDS.en[key];
  }

  speak(language) {
    this.language = language;
    this.all.lang = language;
    this.all.dir = RTL.test(language) ? "rtl" : "ltr";
    this.log.setAttribute("aria-label", this.say("log"));
    for (const part of this.shadowRoot.querySelectorAll("[data-say]")) part.textContent = this.say(part.dataset.say);
  }

  /* Emptied first, so that the same words twice are two announcements; two at once are one, so that none is lost. */
  announce(text, alone) {
    this.status.textContent = "";
    clearTimeout(this.announcing);
    this.waiting = alone || !this.waiting ? text : this.waiting + " " + text;
    this.announcing = setTimeout(() => {
      this.status.textContent = this.waiting;
      this.waiting = "";
    }, 150);
  }

  open() {
    this.panel.hidden = false;
    this.opener.hidden = true;
    this.fit();
    (touch.matches ? this.heading : this.input).focus(); // on a phone the keyboard would cover the welcome
  }

  close() {
    this.panel.hidden = true;
    this.opener.hidden = false;
    this.opener.focus();
  }

  /* Over a small page the panel is all there is: it ends above the keyboard and keeps the focus. */
  fit() {
    const seen = window.visualViewport;
    const cut = small.matches && seen && seen.scale < 1.01 && seen.height < innerHeight - 1;
    this.panel.setAttribute("aria-modal", small.matches);
    this.panel.style.height = cut ? seen.height + "px" : "";
    this.panel.style.top = cut ? seen.offsetTop + "px" : "";
  }

  key(event) {
    if (event.key === "Escape") this.close();
    if (event.key !== "Tab" || !small.matches) return;
    const stops = [...this.panel.querySelectorAll("button, a[href], textarea, [tabindex='0']")];
    if (event.shiftKey) stops.reverse();
    if (this.shadowRoot.activeElement !== stops[stops.length - 1]) return;
    event.preventDefault();
    stops[0].focus();
  }

  begin({ session = null, answer = null }) {
    this.chat = { session, line: Promise.resolve() };
    const welcome = [{ text: this.say("welcome"), choices: MENU[this.language] || MENU.en }];
    const shown = answer ? [{ text: this.say("resumed") }, ...answer.replies] : welcome;
    this.log.replaceChildren(...shown.map((reply) => this.replies.reply(reply)));
  }

  clear() {
    const { session } = this.chat;
    kept.set(null);
    this.begin({});
    this.input.value = "";
    this.grow();
    this.announce(this.say("cleared"), true);
    if (session) forget(session);
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return this.input.focus();
    if ([...text].length > LONGEST) {
      this.problem.textContent = this.say("too_long");
      return this.input.setAttribute("aria-invalid", "true");
    }
    this.input.value = "";
    this.grow();
    this.send({ text }, text);
  }

  grow() {
    this.problem.textContent = "";
    this.input.removeAttribute("aria-invalid");
    this.input.style.height = "";
    const { scrollHeight, clientHeight } = this.input;
    if (scrollHeight > clientHeight) this.input.style.height = Math.min(scrollHeight + 4, 160) + "px";
  }

  /* A page's own <button data-heard-ask>Can I borrow a trumpet?</button> asks that here. */
  askedOutside(event) {
    const asked = event.target.closest("[data-heard-ask]");
    if (!asked || !this.isConnected) return;
    event.preventDefault();
    if (!this.inline) this.open();
    const text = asked.dataset.heardAsk || asked.textContent.trim();
    this.send({ text }, text, true);
  }

  /* What was pressed becomes a line of the chat, which takes the focus: the next Tab, or swipe, is the answer. */
  send(what, shown, pressed) {
    for (const row of this.log.querySelectorAll(".choices:not(.again)")) row.remove();
    const mine = el("p", { class: "mine", dir: "auto", tabindex: "-1" }, hidden(this.say("you") + " "), shown);
    this.log.append(mine);
    if (pressed) mine.focus({ preventScroll: true });
    this.take({ message_id: newId(), language: this.language, ...what }, mine);
  }

  /* One at a time and in order; each answer comes to stand under its question. */
  take(message, mine) {
    const { chat } = this;
    const busy = el("p", { class: "busy", "aria-hidden": "true" }, el("i", {}), el("i", {}), el("i", {}));
    mine.after(busy);
    this.bring(mine);
    chat.line = chat.line.then(() => this.exchange(chat, message, mine, busy));
  }

  async exchange(chat, message, mine, busy) {
    if (chat !== this.chat) return;
    const slow = setTimeout(() => { if (chat === this.chat) this.announce(this.say("slow")); }, SLOW);
    let { answer, status } = await post({ session: chat.session, ...message });
    if (status === 422 && chat.session) { // a token from before the server's secret changed
      chat.session = null;
      ({ answer, status } = await post({ session: null, ...message }));
    }
    clearTimeout(slow);
    if (chat === this.chat) {
      if (answer) this.answered(answer, mine, busy);
      else this.failed(status, message, mine, busy);
    } else if (answer) forget(answer.session); // cleared meanwhile: this answer is nobody's any more
  }

  answered({ replies, safeguarding, session, language }, mine, busy) {
    this.chat.session = session;
    kept.set(safeguarding ? { session } : { session, answer: { replies } });
    if (spoken(language) !== this.language) this.speak(spoken(language));
    const shown = replies.map((reply) => this.replies.reply(reply, safeguarding));
    for (const turn of shown) turn.lang = this.language;
    busy.replaceWith(...shown);
    // On a phone the keyboard makes room for what there is to read or press, unless somebody types on.
    const more = replies.some(({ cards = [], choices = [] }) => cards.length + choices.length);
    const idle = this.shadowRoot.activeElement === this.input && !this.input.value;
    if (more && idle && touch.matches) mine.focus({ preventScroll: true });
    this.bring(mine);
    this.announce(replies.map((reply) => this.replies.aloud(reply)).join(" "));
  }

  failed(status, message, mine, busy) {
    const text = this.say({ 0: "failed", 413: "too_long", 429: "too_fast" }[status] || "broken");
    const turn = this.replies.reply({ text });
    const again = () => {
      mine.focus({ preventScroll: true });
      turn.remove();
      this.take(message, mine);
    };
    turn.append(el("div", { class: "choices again" }, el("button", { type: "button", class: "choice", onclick: again }, this.say("again"))));
    busy.replaceWith(turn);
    this.bring(mine);
    this.announce(text);
  }

  /* Brings a question, and as much of its answer as there is room for, into view: a long answer is read from its beginning. */
  bring(mine) {
    const box = [this.log, this.panel].find((part) => /auto|scroll/.test(getComputedStyle(part).overflowY));
    const view = box ? box.getBoundingClientRect() : { top: 0, bottom: innerHeight };
    const over = box !== this.log && getComputedStyle(this.form).position === "sticky" ? this.form.offsetHeight : 0;
    const end = this.log.lastElementChild.getBoundingClientRect().bottom + 12 + over - view.bottom;
    const top = Math.min(mine.getBoundingClientRect().top - 12 - view.top, Math.max(0, end));
    (box || window).scrollBy({ top, behavior: calm.matches ? "auto" : "smooth" });
  }
}

/* An older browser keeps the plain form inside the element, or gets a link to it. */
const modern = CSS.supports("inset: 0");
const place = () => {
  if (document.querySelector("heard-chat, .heard-chat")) return;
  document.body.append(modern ? document.createElement("heard-chat") : el("a", { href: at("chat"), class: "heard-chat" }, WORDS.en.open));
};
if (modern && !customElements.get("heard-chat")) customElements.define("heard-chat", HeardChat);
if (document.body) place();
else addEventListener("DOMContentLoaded", place);
