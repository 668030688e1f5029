/** @returns {boolean} whether passkeys of `host` can be used here: by this browser, at this address */
const canUse = (host) =>
  window.isSecureContext &&
  (location.hostname === host || location.hostname.endsWith(`.${host}`)) &&
  typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function" &&
  typeof PublicKeyCredential.prototype.toJSON === "function";

/**
 * A form that is sent with what a passkey answers. Where the browser has none it stays hidden, and what stands beside it
 * says what to do instead.
 */
class PasskeyForm {
  /** @param {HTMLElement} root holds the form; data-host is whom passkeys belong to; what is hidden in it is shown */
  constructor(root) {
    if (!canUse(root.dataset.host)) {
      return;
    }
    this.root = root;
    this.form = root.querySelector("form");
    this.status = root.querySelector("[role=status]");
    this.form.addEventListener("submit", (event) => this.asked(event));
    root.hidden = false;
    root.parentElement.querySelector(".passkey-missing")?.remove();
  }

  async asked(event) {
    if (this.form.elements.credential.value) {
      return; // it was made already, and the name was wrong
    }
    event.preventDefault();
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.status.textContent = "Follow the steps that your device shows.";
    try {
      this.form.elements.credential.value = JSON.stringify((await this.answer()).toJSON());
      this.form.submit();
    } catch (error) {
      this.status.textContent = this.words(error);
    }
    this.busy = false;
  }
}

/** Signs in with a passkey of this device, whichever of them its owner picks. */
export class PasskeySignIn extends PasskeyForm {
  static moduleName = "passkey-sign-in";

  async answer() {
    const body = new URLSearchParams({ csrf_token: this.form.elements.csrf_token.value });
    const given = await fetch(this.root.dataset.options, { method: "POST", body, redirect: "error" });
    if (!given.ok) {
      throw new Error(String(given.status));
    }
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await given.json()) });
  }

  words(error) {
    return error.name === "NotAllowedError"
      ? "No passkey was used. Try again, or sign in with your password."
      : "We could not ask for a passkey. Reload the page and try again, or sign in with your password.";
  }
}

/** Lets this device make a passkey. */
export class PasskeyAdd extends PasskeyForm {
  static moduleName = "passkey-add";

  answer() {
    const options = JSON.parse(this.root.dataset.options);
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }

  words(error) {
    return error.name === "InvalidStateError"
      ? "This device or password manager has a passkey for your account already."
      : "No passkey was made. Try again, or choose another device or password manager.";
  }
}
