// What belongs to an answer is shown while it is chosen, and "none of these" rules out the rest. GOV.UK Frontend's own
// radios put aria-expanded on a radio button, which ARIA does not allow; what is shown follows its option in any case.

/** Radios or checkboxes, some of which have more to ask. */
export class Choices {
  /** @param {HTMLElement} root holds the options */
  constructor(root) {
    this.options = [...root.querySelectorAll("input[type=radio], input[type=checkbox]")];
    for (const option of this.options) {
      const shown = document.getElementById(option.dataset.ariaControls);
      if (shown) {
        option.setAttribute("aria-controls", shown.id);
      }
    }
    root.addEventListener("change", (event) => this.change(event.target));
    window.addEventListener("pageshow", () => this.show());
    this.show();
  }

  /** @param {HTMLInputElement} option the one that somebody changed */
  change(option) {
    if (option.type === "checkbox" && option.checked && this.options.includes(option)) {
      const exclusive = option.dataset.behaviour === "exclusive";
      for (const other of this.options) {
        if (other !== option && other.name === option.name && (exclusive || other.dataset.behaviour === "exclusive")) {
          other.checked = false;
        }
      }
    }
    this.show();
  }

  show() {
    for (const option of this.options) {
      const shown = document.getElementById(option.dataset.ariaControls);
      shown?.classList.toggle(`govuk-${option.type === "radio" ? "radios" : "checkboxes"}__conditional--hidden`, !option.checked);
    }
  }
}

export class Radios extends Choices {
  static moduleName = "govuk-radios";
}

export class Checkboxes extends Choices {
  static moduleName = "govuk-checkboxes";
}
