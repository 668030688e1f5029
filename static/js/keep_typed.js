/** Keeps what was typed on a page and not sent, however the page is left, until it is opened again in the same tab. */
export class KeepTyped {
  static moduleName = "keep-typed";

  /** @param {HTMLElement} root marks a page with several forms; data-who is who has it before them: others find nothing */
  constructor(root) {
    this.key = `typed:${root.dataset.who}:${window.location.pathname}`;
    this.areas = [...document.querySelectorAll("main textarea[id]")];
    this.sent = null;
    this.restore();
    document.addEventListener("submit", (event) => (this.sent = event.target));
    window.addEventListener("pagehide", () => this.keep());
    window.addEventListener("pageshow", () => (this.sent = null));
  }

  restore() {
    const typed = JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
    sessionStorage.removeItem(this.key);
    for (const area of this.areas) {
      if (!area.value && typed[area.id]) {
        area.value = typed[area.id];
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  }

  /** What is sent is kept by the service; whoever signs out leaves nothing. */
  keep() {
    const others = this.areas.filter((area) => area.value && !this.sent?.contains(area));
    if (others.length > 0 && this.sent?.getAttribute("action") !== "/sign-out") {
      sessionStorage.setItem(this.key, JSON.stringify(Object.fromEntries(others.map((area) => [area.id, area.value]))));
    }
  }
}
