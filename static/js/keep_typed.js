import { QueueKeys } from "./queue_keys.js";

/** The next person at this screen finds nothing: whatever page it is that somebody signs out from. */
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action")?.startsWith("/sign-out") || event.target.getAttribute("action")?.startsWith("/account/sign-out-everywhere")) {
    const keys = localStorage.getItem(QueueKeys.OFF); // how this browser is used, and nothing about anybody
    sessionStorage.clear();
    localStorage.clear();
    if (keys) {
      localStorage.setItem(QueueKeys.OFF, keys);
    }
  }
});

/** Keeps what was typed into one form of a page while another form of it is sent, for as long as the tab is open. */
export class KeepTyped {
  static moduleName = "keep-typed";

  /** @param {HTMLElement} root marks a page with several forms; data-who is who has it before them: others find nothing */
  constructor(root) {
    this.key = `typed:${root.dataset.who}:${window.location.pathname}`;
    this.areas = [...document.querySelectorAll("main textarea[id]")];
    this.restore();
    document.addEventListener("submit", (event) => this.keep(event.target));
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

  keep(sent) {
    if (sent.getAttribute("action") === "/sign-out") {
      return;
    }
    const others = this.areas.filter((area) => area.value && !sent.contains(area));
    if (others.length > 0) {
      sessionStorage.setItem(this.key, JSON.stringify(Object.fromEntries(others.map((area) => [area.id, area.value]))));
    }
  }
}
