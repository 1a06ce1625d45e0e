// The admin API as the views see it: JSON in and out, and the stream of events.

/** What the server says is wrong, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

const TOKEN = "fairlead-token";
let askForToken = () => Promise.reject(new Problem(401, "a token is needed"));
let asking = null;

/** Who asks the operator for a token, when the server wants one. */
export function onTokenNeeded(ask) {
  askForToken = ask;
}

function headers(more) {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { ...more, Authorization: `Bearer ${token}` } : { ...more };
}

async function send(path, options) {
  const response = await fetch(path, { ...options, headers: headers(options.headers), cache: "no-store" });
  if (response.status !== 401) return response;
  asking ??= askForToken().finally(() => { asking = null; });
  sessionStorage.setItem(TOKEN, await asking);
  return send(path, options);
}

async function refusal(response) {
  const text = await response.text();
  try {
    return new Problem(response.status, JSON.parse(text).detail ?? text);
  } catch {
    return new Problem(response.status, text || `status ${response.status}`);
  }
}

export async function get(path, signal) {
  const response = await send(path, { signal });
  if (!response.ok) throw await refusal(response);
  return response.json();
}

export async function change(method, path, body) {
  const options = { method, headers: { "Content-Type": "application/json" } };
  if (body) options.body = JSON.stringify(body);
  const response = await send(path, options);
  if (!response.ok) throw await refusal(response);
  return response.json();
}

const KEPT = 500;
const kept = [];
const listeners = new Set();
let connected = false;
let last = 0;

/** Events since the server began to keep them, newest first; at most so many. */
export function events() {
  return kept;
}

/** Calls back for each event, with null when everything should be looked at again. Returns what ends that. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function isConnected() {
  return connected;
}

function tell(event) {
  for (const listener of listeners) listener(event);
}

function take(block) {
  const event = { name: "message", data: "" };
  for (const line of block.split("\n")) {
    if (line.startsWith("id: ")) last = Number(line.slice(4));
    if (line.startsWith("event: ")) event.name = line.slice(7);
    if (line.startsWith("data: ")) event.data = line.slice(6);
  }
  if (!event.data) return;
  if (event.name === "gap") {
    tell(null);
    return;
  }
  const parsed = JSON.parse(event.data);
  kept.unshift(parsed);
  kept.length = Math.min(kept.length, KEPT);
  tell(parsed);
}

// By fetch and not by EventSource, which can send no token.
async function follow() {
  const response = await send(`/api/v1/events?since=${last}`, {});
  if (!response.ok) throw await refusal(response);
  connected = true;
  tell(null);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  while (true) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    blocks.forEach(take);
  }
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 5000;

/** Follows for as long as the page is open, over restarts of the server. */
export async function stream() {
  let wait = FIRST_WAIT;
  while (true) {
    try {
      await follow();
      wait = FIRST_WAIT;
    } catch {
      wait = Math.min(LONGEST_WAIT, wait * 1.6);
    }
    if (connected) {
      connected = false;
      tell(null);
    }
    await new Promise((next) => setTimeout(next, wait));
  }
}
