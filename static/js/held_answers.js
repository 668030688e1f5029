// What was entered and is not saved yet, in this browser. A form that was sent and taken leads to another page, which
// then names the form as the page it comes from: only that ends the keeping. A lost connection or a page that asks to
// sign in again does not.
const SENT = "sent";

const sent = sessionStorage.getItem(SENT);
sessionStorage.removeItem(SENT);
if (sent) {
  const form = sent.slice(sent.indexOf("/")).split("#")[0];
  const from = document.referrer ? new URL(document.referrer).pathname : "";
  const isTaken = from === form && window.location.pathname !== form && window.location.pathname !== "/sign-in";
  if (isTaken) {
    localStorage.removeItem(sent);
  }
}

/** @returns {{entered: string, basis: string} | null} what is kept under `key` */
export function wasHeld(key) {
  const held = JSON.parse(localStorage.getItem(key) ?? "null");
  return held?.entered ? held : null;
}

/** Keep `answers` under `key`; `isSent` when they are on their way, so that the page after it knows. */
export function hold(key, answers, isSent) {
  localStorage.setItem(key, JSON.stringify(answers));
  if (isSent) {
    sessionStorage.setItem(SENT, key);
  }
}

/** Forget what is kept under `key`. */
export function release(key) {
  localStorage.removeItem(key);
}
