const QUIET = 2000; // milliseconds without typing before it is saved
const LONGEST = 15000; // milliseconds of steady typing after which it is saved all the same
const AGAIN = 20000; // milliseconds until the next try when the connection is lost

/** @param {string} text as the server keeps it, near enough to see whether anything is unsaved */
const plain = (text) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim();

/**
 * Saves a long answer while somebody types, through the form it stands in. Until the server has it, it is kept in this
 * browser: a lost connection, an ended session or a closed window loses nothing. What another window saved is never
 * overwritten: the server compares versions, and the form says what to do.
 */
export class Autosave {
  static moduleName = "autosave";

  /** @param {HTMLElement} root holds the form; data-field is the textarea's id, data-who whose text it is */
  constructor(root) {
    this.form = root.querySelector("form");
    this.area = document.getElementById(root.dataset.field);
    this.version = this.form.elements.version;
    this.key = `unsaved:${root.dataset.who}:${window.location.pathname}`;
    this.kept = this.area.value;
    this.stopped = Boolean(document.getElementById("elsewhere"));
    this.status = this.say(this.area.closest(".govuk-form-group"), "saved", "after");
    this.restore();
    this.area.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", () => this.hold());
    window.addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.save());
    this.watch();
  }

  /** A quiet place that screen readers hear politely. */
  say(beside, className, where) {
    const place = document.createElement("p");
    place.className = className;
    place.setAttribute("role", "status");
    beside[where](place);
    return place;
  }

  get isUnsaved() {
    return plain(this.area.value) !== plain(this.kept);
  }

  restore() {
    const held = JSON.parse(localStorage.getItem(this.key) ?? "null");
    if (!held || plain(held.text) === plain(this.kept)) {
      localStorage.removeItem(this.key);
    } else if (this.stopped || held.version === this.version.value) {
      this.put(held.text);
      this.status.textContent = "We put back what you typed here before and was not saved.";
    } else {
      this.offer(held.text);
    }
  }

  put(text) {
    this.area.value = text;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.typed();
  }

  /** The answer has changed since: what was typed here is offered, and nothing is overwritten. */
  offer(text) {
    this.status.textContent = "This answer has changed since you last typed in this browser. ";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = "Use what I typed here instead";
    button.addEventListener("click", () => {
      button.remove();
      this.put(text);
      this.area.focus();
    });
    this.status.after(button);
  }

  typed() {
    this.hold();
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

  hold() {
    if (this.isUnsaved) {
      localStorage.setItem(this.key, JSON.stringify({ text: this.area.value, version: this.version.value }));
    }
  }

  async save() {
    if (this.stopped || this.saving || !this.isUnsaved) {
      return;
    }
    this.saving = true;
    this.since = undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
    const text = this.area.value;
    try {
      const answer = await fetch(window.location.href, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.form)),
        headers: { Accept: "application/json" },
        keepalive: text.length < 50000,
      });
      if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
        throw new Error(String(answer.status));
      }
      this.show(await answer.json(), answer.ok, text);
    } catch {
      this.status.textContent = "Not saved: we cannot reach the service, or you were signed out. Your text is kept in this browser.";
      this.wait(AGAIN);
    }
    this.saving = false;
    if (this.isUnsaved && !this.stopped && !this.timer) {
      this.typed();
    }
  }

  show(answer, isSaved, text) {
    if (isSaved) {
      this.kept = text;
      this.version.value = answer.version;
      this.status.textContent = answer.saved;
      localStorage.removeItem(this.key);
      this.hold();
    } else {
      this.stopped = true;
      this.status.textContent = `Not saved: ${answer.message} Your text is kept in this browser. Select “Save” to see what to do.`;
    }
  }

  /** Say so when the same answer is open in two windows. */
  watch() {
    const channel = new BroadcastChannel(this.key);
    channel.addEventListener("message", ({ data }) => {
      this.warning ??= this.say(this.form, "govuk-inset-text", "before");
      this.warning.textContent = "You have this answer open in another window or tab. Type in one of them only: we do not let one overwrite the other.";
      if (data === "opened") {
        channel.postMessage("here too");
      }
    });
    channel.postMessage("opened");
  }
}
