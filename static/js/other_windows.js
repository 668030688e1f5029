/** Says so when an application is open in another window or tab, for as long as it is. */
export class OtherWindows {
  static moduleName = "other-windows";

  /** @param {HTMLElement} root the page's answers; data-draft is whose application, and which */
  constructor(root) {
    this.root = root;
    this.me = `${Date.now()}-${Math.random()}`;
    this.others = new Set();
    this.channel = new BroadcastChannel(`draft:${root.dataset.draft}`);
    this.channel.addEventListener("message", ({ data }) => this.hear(data));
    window.addEventListener("pagehide", () => this.tell("closed"));
    window.addEventListener("pageshow", (event) => event.persisted && this.tell("opened"));
    this.tell("opened");
  }

  tell(what) {
    this.channel.postMessage({ what, who: this.me });
  }

  hear({ what, who }) {
    if (what === "closed") {
      this.others.delete(who);
    } else {
      this.others.add(who);
    }
    if (what === "opened") {
      this.tell("here too");
    }
    this.show();
  }

  show() {
    if (!this.warning) {
      this.warning = document.createElement("p");
      this.warning.className = "govuk-inset-text";
      this.warning.setAttribute("role", "status");
      this.root.prepend(this.warning);
    }
    this.warning.hidden = this.others.size === 0;
    this.warning.textContent = this.warning.hidden
      ? ""
      : "You have this application open in another window or tab. Type in one of them only: we do not let one overwrite the other.";
  }
}
