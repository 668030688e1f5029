/** Keys for whoever works through the queue all day. Everything they do can be done without them, and they can be switched off. */
export class QueueKeys {
  static moduleName = "queue-keys";
  static OFF = "keys-off";

  /** @param {HTMLElement} root has the list of keys (a dialog), and the button that switches them off, which is shown with a script only */
  constructor(root) {
    this.dialog = root.querySelector("dialog");
    this.button = root.querySelector("[data-switch]");
    this.rows = [...document.querySelectorAll("table.queue tbody tr")];
    this.at = -1;
    this.keys = {
      j: () => this.go(1),
      k: () => this.go(-1),
      o: () => this.rows[this.at]?.querySelector("th a")?.click(),
      x: () => this.rows[this.at]?.querySelector("input[type=checkbox]")?.click(),
      a: () => document.getElementById("bulk-do")?.focus(),
      n: () => this.leave(document.querySelector("form[action*='/next'] button") ?? document.querySelector("a[rel=next]")),
      p: () => document.querySelector("a[rel=prev]")?.click(),
      u: () => this.leave(document.querySelector(".govuk-back-link")),
      "?": () => this.dialog?.showModal(),
    };
    document.addEventListener("keydown", (event) => this.press(event));
    if (this.button) {
      this.button.hidden = false;
      this.button.addEventListener("click", () => this.change());
      this.say();
    }
  }

  get isOff() {
    return localStorage.getItem(QueueKeys.OFF) === "yes";
  }

  /** @param {KeyboardEvent} event does nothing while somebody types, with a key held down beside it, or behind a dialog */
  press(event) {
    const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
    if (this.isOff || typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !Object.hasOwn(this.keys, event.key)) {
      return;
    }
    event.preventDefault();
    this.keys[event.key]();
  }

  go(step) {
    const focused = this.rows.findIndex((row) => row.contains(document.activeElement));
    this.at = Math.min(Math.max((focused >= 0 ? focused : this.at) + step, 0), this.rows.length - 1);
    this.rows[this.at]?.querySelector("th a")?.focus();
  }

  /** Asks before a single key leads away from words that were typed and not sent. */
  leave(way) {
    const typed = [...document.querySelectorAll("main textarea")].some((area) => area.value !== area.defaultValue);
    if (way && (!typed || window.confirm("What you typed here was not sent. It is here again when you come back in this tab. Leave the page?"))) {
      way.click();
    }
  }

  change() {
    localStorage.setItem(QueueKeys.OFF, this.isOff ? "no" : "yes");
    this.say();
  }

  say() {
    this.button.textContent = this.isOff ? "Switch the keys on" : "Switch the keys off";
  }
}
