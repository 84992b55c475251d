/* Talking to the hub's server, and what is remembered of it in this tab. */
const SCRIPT = (document.currentScript || document.querySelector('script[src*="widget.js"]')).src;
const at = (path) => new URL(path, SCRIPT).href;
const KEPT = "heard";
const HOUR = 3600e3; // after an hour without a message the server has forgotten the chat too
const TRIES = 3;

/* What outlives a reload: the session's token and the last answer. Never what somebody typed. */
const kept = {
  get() {
    try {
      const it = JSON.parse(sessionStorage.getItem(KEPT));
      return it && Date.now() - it.at < HOUR ? it : {};
    } catch { return {}; }
  },
  set(it) {
    try {
      if (it) sessionStorage.setItem(KEPT, JSON.stringify({ ...it, at: Date.now() }));
      else sessionStorage.removeItem(KEPT);
    } catch { /* private mode: the chat lives as long as the page */ }
  },
};

const newId = () =>
  crypto.randomUUID
    ? crypto.randomUUID()
    : Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/* One request. Gives the answer, or the status; 0 is no connection, or somebody else's page in between. */
const ask = async (body) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 20000);
  try {
    const response = await fetch(at("api/chat"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      signal: stop.signal,
    });
    if (!response.ok) return { status: response.status };
    const answer = await response.json();
    return answer.replies ? { status: 200, answer } : { status: 0 };
  } catch {
    return { status: 0 };
  } finally {
    clearTimeout(timer);
  }
};

/* Tries again where that can help: with the same message_id, so it can do nothing twice. */
const post = async (body) => {
  for (let tries = 1; ; tries++) {
    const result = await ask(body);
    const final = result.status >= 200 && result.status < 500;
    if (final || tries === TRIES) return result;
    await wait(400 * 2 ** tries);
  }
};

/* "Clear this chat". Where that does not get through, the server forgets it within the hour anyway. */
const forget = (session) => post({ session, message_id: newId(), payload: '/delete_my_data{"answer":"yes"}' });
