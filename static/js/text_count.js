import { countCharacters, countWords } from "./counting.js";

const QUIET = 1000; // milliseconds without typing before a screen reader is told

/** Says how much of a limit is left while somebody types. Never stops them: the server says what is too long. */
export class TextCount {
  static moduleName = "text-count";

  /** @param {HTMLElement} root holds a textarea, and its limit as data-words or data-characters */
  constructor(root) {
    this.area = root.querySelector("textarea");
    this.unit = root.dataset.words ? "word" : "character";
    this.limit = Number(root.dataset.words ?? root.dataset.characters);
    this.count = root.dataset.words ? countWords : countCharacters;
    this.refused = this.area.classList.contains("govuk-textarea--error");
    this.seen = root.querySelector(".govuk-character-count__message");
    this.seen.setAttribute("aria-hidden", "true");
    this.heard = document.createElement("p");
    this.heard.className = "govuk-visually-hidden";
    this.heard.setAttribute("aria-live", "polite");
    this.seen.after(this.heard);
    this.area.addEventListener("input", () => this.show());
    window.addEventListener("pageshow", () => this.show());
    this.show();
  }

  show() {
    const left = this.limit - this.count(this.area.value);
    const amount = Math.abs(left).toLocaleString("en-GB");
    const message = `You have ${amount} ${this.unit}${Math.abs(left) === 1 ? "" : "s"} ${left < 0 ? "too many" : "left"}`;
    this.seen.textContent = message;
    this.seen.classList.toggle("govuk-error-message", left < 0);
    this.seen.classList.toggle("govuk-hint", left >= 0);
    this.area.classList.toggle("govuk-textarea--error", left < 0 || this.refused);
    clearTimeout(this.timer);
    if (document.activeElement === this.area) {
      this.timer = setTimeout(() => (this.heard.textContent = message), QUIET);
    }
  }
}
