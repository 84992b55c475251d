/* Making elements. Text only ever becomes text: there is no innerHTML anywhere in the widget. */
const el = (name, attributes, ...inside) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...inside.filter((part) => part != null && part !== ""));
  return made;
};

const hidden = (text) => el("span", { class: "hidden" }, text);

const NOTE = "M4 5h24a3 3 0 0 1 3 3v13a3 3 0 0 1-3 3H15l-8 6v-6H4a3 3 0 0 1-3-3V8a3 3 0 0 1 3-3zm17 4-9 1.8v6.3a2.600 2.600 0 1 0 2 2.500v-6.200l5-1v4a2.600 2.600 0 1 0 2 2.500z";

const icon = () => {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS(drawn.namespaceURI, "path");
  drawn.setAttribute("viewBox", "0 0 32 32");
  drawn.setAttribute("aria-hidden", "true");
  path.setAttribute("d", NOTE);
  drawn.append(path);
  return drawn;
};
