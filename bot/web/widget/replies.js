/* Replies as elements: the bubble, its cards, what can be pressed. */
const LINKS = /^(https?:|tel:|sms:|mailto:)/i;
const DOUBLE_TAP = 800;

const site = (url) => url.replace(/^https?:\/\/(www\.)?|[/?#].*$/gi, "");

const asks = (progress) => progress && progress.done < progress.of; // not when all is answered

class Replies {
  constructor(say, press) {
    this.say = say;
    this.press = press;
  }

  reply({ text, progress, cards = [], choices }, urgent) {
    return el(
      "div",
      { class: "turn" },
      el(
        "div",
        { class: urgent && !progress ? "theirs urgent" : "theirs" },
        hidden(this.say("bot") + " "),
        asks(progress) ? el("p", { class: "progress" }, this.counted(progress), this.bar(progress)) : null,
        ...this.lines(text),
      ),
      this.list("cards", cards.map((card) => el("li", { class: "card " + card.kind }, ...this.card(card)))),
      this.choices(choices),
    );
  }

  /* "How to apply: Ask the school." stands out by its first words where a card has several lines. */
  lines(text, inCard) {
    const lines = text.split("\n").filter(Boolean);
    return lines.map((line) => {
      const [, label, rest] = (inCard && lines.length > 1 && /^([^:.]{2,24}:)( .+)$/.exec(line)) || [];
      return label ? el("p", {}, el("b", {}, label), rest) : el("p", {}, line);
    });
  }

  /* What is announced of a reply: its words, the names of its cards and what can be pressed. The rest is there to be read. */
  aloud({ text, progress, cards = [], choices = [] }) {
    const names = [...cards.map((card) => card.title), ...choices.map((choice) => choice.label)].join(", ");
    return [asks(progress) ? this.counted(progress) + "." : "", text, names].filter(Boolean).join(" ");
  }

  counted({ done, of }) {
    return this.say("progress").replace("{n}", done + 1).replace("{of}", of);
  }

  bar({ done, of }) {
    return el("progress", { max: of, value: done, "aria-hidden": "true" });
  }

  /* Safari takes the list out of a list without bullets; the role puts it back. */
  list(kind, items) {
    return items.length ? el("ul", { class: kind, role: "list" }, ...items) : null;
  }

  card({ title, page, outcome, summary, why = [], conditions = [], contacts = [], url, notice, choices }) {
    const elsewhere = url && !contacts.some((contact) => contact.href === url);
    return [
      el("h3", {}, page ? this.link(title, page) : title),
      outcome ? el("p", { class: "outcome" }, this.say("outcome_" + outcome.replace(/ /g, "_"))) : null,
      ...this.lines(summary, true),
      this.list("why", why.filter((reason) => !conditions.some(({ text }) => text === reason)).map((reason) => el("li", {}, reason))),
      this.list("conditions", conditions.map((condition) => this.condition(condition))),
      contacts.length ? el("p", { class: "contacts" }, ...contacts.map(({ label, href }) => this.link(label, href))) : null,
      elsewhere ? el("p", { class: "site" }, this.link(this.say("website") + " (" + site(url) + ")", url)) : null,
      notice ? el("p", { class: "notice" }, notice) : null,
      this.choices(choices, title),
    ].filter(Boolean);
  }

  condition({ text, state }) {
    return el("li", { class: state.replace(" ", "-") }, text + ": ", el("b", {}, this.say("state_" + state.replace(" ", "_"))));
  }

  /* "/entry/..." is our own address: that of the site which the widget comes from, wherever it stands. */
  link(label, address) {
    const href = address.startsWith("/entry/") ? at(address.slice(1)) : address;
    if (!LINKS.test(href)) return el("span", {}, label);
    if (!/^http/i.test(href)) return el("a", { href }, label);
    return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, label, hidden(" " + this.say("new_tab")));
  }

  /* Buttons; a card's carry its name, so that three times "More details" are three different buttons to hear. */
  choices(choices, about) {
    if (!choices || !choices.length) return null;
    const buttons = choices.map(({ label, payload }) => {
      let last = -DOUBLE_TAP;
      const onclick = ({ timeStamp }) => {
        if (timeStamp - last < DOUBLE_TAP) return;
        last = timeStamp;
        this.press(payload, about ? label + ": " + about : label);
      };
      return el("button", { type: "button", class: "choice", onclick }, label, about ? hidden(` (${about})`) : null);
    });
    return el("div", { class: about ? "card-choices" : "choices", role: "group", "aria-label": about || this.say("choices") }, ...buttons);
  }
}
