/** Filters that are always in sight on a wide screen are also open to who hears the page, and no stop for the Tab key. */
export class Filters {
  static moduleName = "filters";

  constructor(root) {
    if (!CSS.supports("selector(::details-content)")) return; // there they fold on a wide screen too
    const wide = matchMedia("(min-width: 48.0625em)");
    const follow = () => {
      root.open = wide.matches;
      root.querySelector("summary").tabIndex = wide.matches ? -1 : 0;
    };
    follow();
    wide.addEventListener("change", follow);
  }
}
