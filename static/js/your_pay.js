import { pounds, readHours, yourPay } from "./your_pay_sums.js";

/** Works out pay while somebody chooses. Without it the form asks the server, which answers the same. */
export class YourPay {
  static moduleName = "your-pay";

  /** @param {HTMLFormElement} root holds the choices; its figures are in the options and in its data */
  constructor(root) {
    this.root = root;
    this.point = root.elements.point;
    this.hours = root.elements.hours;
    this.group = this.hours.closest(".govuk-form-group");
    this.error = root.querySelector("[data-your-pay-error]");
    this.answer = root.querySelector("[data-your-pay-answer]");
    this.additions = [...root.querySelectorAll("[data-addition]")];
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.show();
      if (this.isWrong) this.hours.focus();
    });
    this.point.addEventListener("change", () => this.show());
    this.hours.addEventListener("change", () => this.show());
    this.show();
  }

  show() {
    const { most, welcome, first, weeks, shared } = this.root.dataset;
    const hours = readHours(this.hours.value, Number(most));
    this.isWrong = hours === null;
    this.error.hidden = !this.isWrong;
    this.answer.hidden = this.isWrong;
    this.group.classList.toggle("govuk-form-group--error", this.isWrong);
    this.hours.classList.toggle("govuk-input--error", this.isWrong);
    this.hours.setAttribute("aria-describedby", this.isWrong ? `${this.error.id} ${this.hours.id}-hint` : `${this.hours.id}-hint`);
    if (this.isWrong) return;
    const annual = Number(this.point.selectedOptions[0].dataset.pence);
    const more = this.additions.map((place) => Number(place.dataset.addition));
    const pay = yourPay(annual, hours, Number(welcome), Number(first), Number(weeks), more, shared !== "no");
    this.additions.forEach((place, number) => {
      place.textContent = pounds(pay.additions[number]);
    });
    for (const place of this.answer.querySelectorAll("[data-pay]")) {
      place.textContent = pounds(pay[place.dataset.pay]);
    }
  }
}
