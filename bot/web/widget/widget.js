/* Heard's chat as one element, <heard-chat>, in a shadow root. No framework, no cookies.
   <script src="https://hub.example/widget.js" defer></script> puts a button in the corner of any page;
   an element <heard-chat inline></heard-chat> puts the chat where it stands. */
(() => {
  "use strict";
  const WORDS = __WORDS__; // filled in by the server from content/wording/
  const MENU = __MENU__;
  const HOME = new URL(document.currentScript.src).origin;
  const KEPT = "heard-session";
  const RTL = new Set(["ar", "fa", "he", "ps", "ur"]);
  const LINKS = /^(https?:|tel:|sms:|mailto:)/;
  const TRIES = 3;

  const STYLE = `__STYLE__`;

  const el = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "class") made.className = value;
      else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value !== false && value != null) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...inside.filter((part) => part != null && part !== ""));
    return made;
  };

  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  const newId = () =>
    crypto.randomUUID ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  /* The session token outlives a change of page in this tab, and nothing else does. */
  const kept = {
    get: () => { try { return sessionStorage.getItem(KEPT); } catch { return null; } },
    set: (value) => { try { value ? sessionStorage.setItem(KEPT, value) : sessionStorage.removeItem(KEPT); } catch { /* private mode */ } },
  };

  class HeardChat extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      this.language = (this.getAttribute("lang") || document.documentElement.lang || "en").slice(0, 2);
      this.session = kept.get();
      this.queue = Promise.resolve();
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      this.inline = this.hasAttribute("inline");
      this.panel = this.makePanel();
      if (this.inline) {
        root.append(this.panel);
        this.welcome();
      } else {
        this.opener = el("button", { type: "button", class: "opener", "aria-expanded": "false", onclick: () => this.open() }, this.say("open"));
        this.panel.hidden = true;
        root.append(this.opener, this.panel);
        this.panel.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
      }
    }

    say(key) {
      return (WORDS[this.language] || {})[key] || WORDS.en[key];
    }

    makePanel() {
      this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": this.say("log"), tabindex: "0" });
      this.input = el("textarea", { id: "said", rows: "1", maxlength: "2000", autocomplete: "off", enterkeyhint: "send", "aria-describedby": "hint" });
      this.input.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
          event.preventDefault();
          this.submit();
        }
      });
      this.input.addEventListener("input", () => this.grow());
      const form = el(
        "form",
        { class: "ask", onsubmit: (event) => { event.preventDefault(); this.submit(); } },
        el("label", { for: "said" }, this.say("label")),
        el("div", { class: "row" }, this.input, el("button", { type: "submit", class: "send" }, this.say("send"))),
        el("p", { id: "hint", class: "hint" }, this.say("hint")),
      );
      const head = el(
        "div",
        { class: "head" },
        el("h2", { id: "title" }, this.say("title")),
        el("button", { type: "button", class: "plain", onclick: () => this.clear() }, this.say("clear")),
        this.inline ? null : el("button", { type: "button", class: "plain", onclick: () => this.close() }, this.say("close")),
      );
      return el("section", { class: this.inline ? "panel inline" : "panel floating", "aria-labelledby": "title", dir: RTL.has(this.language) ? "rtl" : "ltr", lang: this.language }, head, this.log, form);
    }

    open() {
      this.panel.hidden = false;
      this.opener.hidden = true;
      this.opener.setAttribute("aria-expanded", "true");
      if (!this.log.childElementCount) this.welcome();
      this.input.focus();
    }

    close() {
      this.panel.hidden = true;
      this.opener.hidden = false;
      this.opener.setAttribute("aria-expanded", "false");
      this.opener.focus();
    }

    welcome() {
      this.show([{ text: this.say("welcome"), choices: MENU[this.language] || MENU.en }]);
    }

    async clear() {
      const session = this.session;
      this.session = null;
      kept.set(null);
      this.log.replaceChildren();
      this.welcome();
      this.input.focus();
      if (session) {
        const body = { session, message_id: newId(), payload: '/delete_my_data{"answer":"yes"}', language: this.language };
        try { await this.post(body); } catch { /* it is forgotten there within the hour anyway */ }
      }
    }

    submit() {
      const text = this.input.value.trim();
      if (!text) return this.input.focus();
      this.input.value = "";
      this.grow();
      this.send({ text }, text);
    }

    /* One at a time and in order; a double tap on a button is one message, because its row goes at once. */
    send(what, shown) {
      this.log.querySelectorAll(".choices").forEach((row) => row.remove());
      this.log.append(el("div", { class: "mine" }, el("span", { class: "who" }, this.say("you")), el("p", {}, shown)));
      const busy = el("p", { class: "busy", "aria-hidden": "true" }, "● ● ●");
      this.log.append(busy);
      this.down();
      const message = { message_id: newId(), language: this.language, ...what };
      this.queue = this.queue.then(() => this.exchange(message)).finally(() => busy.remove());
    }

    async exchange(message) {
      try {
        const answer = await this.post({ session: this.session, ...message });
        this.session = answer.session;
        kept.set(answer.session);
        if (answer.language in WORDS) this.language = answer.language;
        this.show(answer.replies, answer.safeguarding);
      } catch (problem) {
        if (problem.status === 422 && this.session) {
          this.session = null; // a token from before the server's secret changed
          kept.set(null);
          return this.exchange(message);
        }
        this.failed(message, problem);
      }
    }

    async post(body) {
      for (let left = TRIES - 1; ; left--) {
        let response;
        try {
          response = await fetch(HOME + "/api/chat", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(body),
            credentials: "omit",
            signal: AbortSignal.timeout ? AbortSignal.timeout(20000) : undefined,
          });
        } catch (error) {
          if (left <= 0) throw error;
        }
        if (response && response.ok) return response.json();
        if (response && (response.status < 500 || left <= 0)) {
          throw Object.assign(new Error("refused"), { status: response.status });
        }
        await wait(400 * 2 ** (TRIES - left)); // the same message_id again: it can do nothing twice
      }
    }

    failed(message, problem) {
      const key = problem.status === 413 ? "too_long" : problem.status === 429 ? "too_fast" : "failed";
      const again = el("button", { type: "button", class: "choice" }, this.say("again"));
      const bubble = el("div", { class: "theirs" }, el("p", {}, this.say(key)), el("div", { class: "choices" }, again));
      again.addEventListener("click", () => {
        bubble.remove();
        this.queue = this.queue.then(() => this.exchange(message));
      });
      this.log.append(bubble);
      this.down();
    }

    show(replies, urgent) {
      let first = null;
      for (const reply of replies) {
        const made = el(
          "div",
          { class: urgent ? "theirs urgent" : "theirs" },
          el("span", { class: "who" }, this.say("bot")),
          reply.progress ? this.progress(reply.progress) : null,
          ...reply.text.split("\n").filter(Boolean).map((line) => el("p", {}, line)),
          reply.cards && reply.cards.length ? el("ul", { class: "cards" }, ...reply.cards.map((card) => el("li", {}, this.card(card)))) : null,
          this.choices(reply.choices),
        );
        this.log.append(made);
        first = first || made;
      }
      this.down(first);
    }

    progress({ done, of }) {
      const text = this.say("progress").replace("{n}", Math.min(done + 1, of)).replace("{of}", of);
      return el("p", { class: "progress" }, text, el("progress", { max: of, value: done, "aria-label": text }));
    }

    card(card) {
      const states = { met: "met", "not met": "not_met", "not told": "not_told" };
      const link = (href, label, outside) =>
        LINKS.test(href) ? el("a", outside ? { href, target: "_blank", rel: "noopener noreferrer" } : { href }, label) : label;
      return el(
        "article",
        { class: "card " + card.kind },
        el("h3", {}, card.title),
        card.outcome ? el("p", { class: "outcome" }, this.say("outcome_" + card.outcome.replaceAll(" ", "_"))) : null,
        el("p", {}, card.summary),
        card.why && card.why.length ? el("ul", { class: "why" }, ...card.why.map((why) => el("li", {}, why))) : null,
        card.conditions && card.conditions.length
          ? el("ul", { class: "conditions" }, ...card.conditions.map((c) => el("li", {}, c.text + ": " + this.say("state_" + states[c.state]))))
          : null,
        card.contacts && card.contacts.length
          ? el("p", { class: "contacts" }, ...card.contacts.map((c) => link(c.href, c.label, /^http/.test(c.href))))
          : null,
        card.url && !(card.contacts || []).some((c) => c.href === card.url)
          ? el("p", {}, link(card.url, this.say("website") + " (" + new URL(card.url).hostname.replace(/^www\./, "") + ")", true))
          : null,
        card.notice ? el("p", { class: "notice" }, card.notice) : null,
        this.choices(card.choices, card.title, "card-choices"),
      );
    }

    choices(choices, about, kind = "choices") {
      if (!choices || !choices.length) return null;
      const group = el("div", { class: kind, role: "group", "aria-label": about || this.say("choices") });
      for (const { label, payload } of choices) {
        group.append(el("button", { type: "button", class: "choice", onclick: () => { this.send({ payload }, about ? label + ": " + about : label); this.input.focus({ preventScroll: true }); } }, label));
      }
      return group;
    }

    grow() {
      this.input.style.height = "auto";
      this.input.style.height = Math.min(this.input.scrollHeight + 2, 160) + "px";
    }

    /* A long answer is read from its beginning, so that is what is brought into view. */
    down(from) {
      const target = from || this.log.lastElementChild;
      if (target) this.log.scrollTop = target.offsetTop - this.log.offsetTop - 8;
    }
  }

  customElements.define("heard-chat", HeardChat);
  const place = () => { if (!document.querySelector("heard-chat")) document.body.append(document.createElement("heard-chat")); };
  document.body ? place() : addEventListener("DOMContentLoaded", place);
})();
