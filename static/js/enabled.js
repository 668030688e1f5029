// Runs before the page is drawn, so that what a script will fold away is never seen open. The only script that blocks.
if ("noModule" in HTMLScriptElement.prototype) {
  document.documentElement.classList.add("js-enabled", "govuk-frontend-supported");
}
