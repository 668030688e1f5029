/** Marks an application, or the messages about one, as read for whoever has it before their eyes. Without this there is a button that does it. */
export class MarkRead {
  static moduleName = "mark-read";

  /** @param {HTMLFormElement} form what the button would send; data-done is what stands there afterwards */
  constructor(form) {
    this.form = form;
    this.seen = () => document.visibilityState === "visible" && this.send();
    document.addEventListener("visibilitychange", this.seen);
    this.seen();
  }

  async send() {
    document.removeEventListener("visibilitychange", this.seen);
    const body = new FormData(this.form);
    body.set("quietly", "yes");
    const answer = await fetch(this.form.action, { method: "POST", body, redirect: "error" }).catch(() => null);
    if (answer?.status !== 204) {
      return; // the button is still there
    }
    const done = document.createElement("p");
    done.className = "govuk-body-s muted";
    done.textContent = this.form.dataset.done;
    this.form.replaceWith(done);
  }
}
