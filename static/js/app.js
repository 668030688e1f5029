// The page is complete without this. Each component is started by its data-module; one that fails leaves the rest alone.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";

import { Autosave } from "./autosave.js";
import { Checkboxes, Radios } from "./choices.js";
import { Filters } from "./filters.js";
import { KeepTyped } from "./keep_typed.js";
import { MarkRead } from "./mark_read.js";
import { OtherWindows } from "./other_windows.js";
import { PasskeyAdd, PasskeySignIn } from "./passkeys.js";
import { QueueKeys } from "./queue_keys.js";
import { TextCount } from "./text_count.js";
import { YourPay } from "./your_pay.js";

const MODULES = [Autosave, Button, Checkboxes, ErrorSummary, Filters, KeepTyped, MarkRead, NotificationBanner, OtherWindows, PasskeyAdd, PasskeySignIn, PasswordInput, QueueKeys, Radios, SkipLink, TextCount, YourPay];

// A page that answers a form has no address to come back to: with one, Back opens it afresh instead of asking to send again.
if (document.querySelector(".govuk-error-summary")) {
  history.replaceState(history.state, "", window.location.href);
}

// The components ask the body. Not all of the root's classes: "govuk-template" would make the body scroll by itself too.
document.body.classList.toggle("govuk-frontend-supported", document.documentElement.matches(".govuk-frontend-supported"));
for (const Module of MODULES) {
  for (const root of document.querySelectorAll(`[data-module="${Module.moduleName}"]`)) {
    try {
      new Module(root);
    } catch (error) {
      console.error(error);
    }
  }
}
