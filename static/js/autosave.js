import { hold, release, wasHeld } from "./held_answers.js";

const QUIET = 2000; // milliseconds without typing before it is saved
const LONGEST = 15000; // milliseconds of steady typing after which it is saved all the same
const AGAIN = 20000; // milliseconds until the next try when the connection is lost
const NOT_TYPED = new Set(["csrf_token", "version", "consent"]);
const LONG = 10000; // milliseconds without an answer after which it counts as lost
const GONE = new Set([403, 404]); // answers after which trying again is no use, unless somebody was only signed out
const SIGNED_OUT = "Signed-Out"; // the header of the page that asks to sign in again

/** @param {string} text as the server keeps it, near enough to see whether anything is unsaved */
const plain = (text) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim();

/** @returns {string} what somebody has entered into `form`, to be compared and to be put back */
const entered = (form) =>
  JSON.stringify([...new FormData(form)].filter(([name]) => !NOT_TYPED.has(name)).map(([name, value]) => [name, plain(value)]));

/**
 * Saves long answers while somebody types, through the form they stand in. Until the server has it, what was entered is
 * kept in this browser: a lost connection, an ended session or a closed window loses nothing. What another window saved
 * is never overwritten: the server compares versions, and the form says what to do.
 */
export class Autosave {
  static moduleName = "autosave";

  /**
   * @param {HTMLElement} root holds the form; data-who is whose it is; data-new marks an entry that is not added yet;
   *     data-all says that choices are saved like text, as on a page of scores
   */
  constructor(root) {
    this.form = root.querySelector("form");
    this.version = this.form?.elements.version;
    this.areas = [...root.querySelectorAll("form textarea")];
    if (!this.version || !root.querySelector("form :is(textarea, input[type=text], input[type=email], input[type=tel])")) {
      return; // nothing is typed here
    }
    const kind = new URLSearchParams(window.location.search).get("kind") ?? "";
    this.key = `unsaved:${root.dataset.who}:${new URL(this.form.action).pathname}#${kind}`;
    this.all = "all" in root.dataset;
    this.isNew = "new" in root.dataset;
    this.stopped = Boolean(document.getElementById("elsewhere"));
    this.kept = this.text;
    this.shown = this.began = entered(this.form);
    this.status = this.say();
    this.restore();
    this.form.addEventListener("input", (event) => this.changed(event.target));
    this.form.addEventListener("submit", (event) => this.sent(event));
    window.addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.save());
    if (this.all && document.querySelector(".govuk-error-summary")) {
      this.kept = ""; // what was refused is on this page alone
      this.typed();
    }
  }

  /** A quiet place that screen readers hear politely: after the last long answer, beside the buttons of many, or before a form without one. */
  say() {
    const place = document.createElement("p");
    place.className = "saved";
    place.setAttribute("role", "status");
    if (this.all) {
      this.form.querySelector(".form__actions").before(place);
      return place;
    }
    const last = this.areas.at(-1)?.closest(".govuk-form-group");
    last ? last.after(place) : this.form.before(place);
    return place;
  }

  /** What the answers began with: what is typed goes on from that and nothing else. */
  get basis() {
    return this.isNew ? this.began : this.version.value;
  }

  /** What the button says that sends the form. */
  get button() {
    return this.form.querySelector("[type=submit]").textContent.trim();
  }

  get text() {
    if (this.all) {
      return entered(this.form);
    }
    return this.areas.map((area) => plain(area.value)).join("\n\n");
  }

  get isUnsaved() {
    return this.text !== this.kept;
  }

  restore() {
    const held = wasHeld(this.key);
    if (!held || held.entered === this.shown) {
      release(this.key);
    } else if (this.stopped || held.basis === this.basis || held.tried === this.shown) {
      this.put(held.entered);
      this.status.textContent = "We put back what you typed here before and was not saved.";
    } else {
      this.offer(held.entered);
    }
  }

  put(held) {
    const values = JSON.parse(held);
    for (const control of this.form.elements) {
      const own = values.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control.type === "radio" || control.type === "checkbox") {
        if (control.checked !== own.includes(control.value)) {
          control.click();
        }
      } else if (own.length === 1 && control.type !== "hidden" && plain(control.value) !== own[0]) {
        [control.value] = own;
        control.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    this.hold();
    if (this.isUnsaved) {
      this.typed();
    }
  }

  /** The answers have changed since: what was typed here is offered, and nothing is overwritten. */
  offer(held) {
    this.status.textContent = "This answer has changed since you last typed in this browser. ";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = "Use what I typed here instead";
    button.addEventListener("click", () => {
      button.remove();
      this.put(held);
      (this.areas[0] ?? this.form.querySelector("input:not([type=hidden])")).focus();
    });
    this.status.after(button);
  }

  changed(control) {
    this.hold();
    if (this.all || this.isNew || control instanceof HTMLTextAreaElement) {
      this.typed();
    }
  }

  typed() {
    if (this.isNew) {
      this.status.textContent = "Kept in this browser until you save.";
      return;
    }
    clearTimeout(this.timer);
    this.since ??= Date.now();
    this.wait(Math.max(0, Math.min(QUIET, this.since + LONGEST - Date.now())));
  }

  wait(milliseconds) {
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.save();
    }, milliseconds);
  }

  hold({ isSent = false } = {}) {
    if (entered(this.form) !== this.shown) {
      hold(this.key, { entered: entered(this.form), basis: this.basis, tried: this.lost?.sent }, isSent);
    } else {
      release(this.key);
    }
  }

  /** A form that is sent while it is being saved waits for that: its version would be an old one. */
  sent(event) {
    this.hold({ isSent: true });
    if (this.saving || (this.lost && !this.stopped)) {
      event.preventDefault();
      this.isWaiting = true;
      this.submitter = event.submitter; // null where no button sent it
      this.save();
    }
  }

  /**
   * Where the answer to the last try was lost, nobody knows whether it was kept: the same is sent again, and what was
   * typed since only then. So this window's own answers are not taken for those of another.
   */
  async save() {
    if (this.isNew || this.stopped || this.saving || !(this.isUnsaved || this.lost)) {
      return;
    }
    this.saving = true;
    this.since = undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lost ??= { text: this.text, sent: entered(this.form), body: new URLSearchParams(new FormData(this.form)) };
    const { text, sent, body } = this.lost;
    this.hold();
    try {
      const answer = await fetch(this.all ? this.form.action : window.location.href, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        keepalive: sent.length < 50000,
        signal: AbortSignal.timeout?.(LONG), // older browsers wait as long as they do
      });
      if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
        this.refuse(answer);
      } else {
        const told = await answer.json();
        this.lost = undefined;
        this.show(told, answer.status, text, sent);
      }
    } catch {
      this.status.textContent = "Not saved: we cannot reach the service, or you were signed out. Your text is kept in this browser.";
      this.wait(AGAIN);
    }
    this.saving = false;
    if (this.isWaiting) {
      this.isWaiting = false;
      this.lost = undefined; // the page that answers says how it went
      this.form.requestSubmit(this.submitter);
    } else if (this.isUnsaved && this.text !== text && !this.stopped && !this.timer) {
      this.typed();
    }
  }

  /** The answer is a page: of a sign-in, which is worth another try, or one that says no. */
  refuse(answer) {
    if (!GONE.has(answer.status) || answer.headers.has(SIGNED_OUT)) {
      throw new Error(String(answer.status));
    }
    this.stopped = true;
    this.status.textContent = "Not saved: this is not open to you any more. Your text is kept in this browser. Load the page again to see why.";
  }

  show(answer, status, text, sent) {
    if (status === 200) {
      this.kept = text;
      this.shown = sent;
      this.version.value = answer.version;
      this.status.textContent = answer.saved;
      this.hold();
    } else if (status === 422) {
      this.status.textContent = `Not saved yet: ${answer.message}. Your text is kept in this browser.`;
    } else {
      this.stopped = true;
      this.status.textContent = `Not saved: ${answer.message} Your text is kept in this browser. ${this.all ? "Load the page again to see what is saved." : `Select “${this.button}” to see what to do.`}`;
    }
  }
}
