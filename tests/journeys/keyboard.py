"""Going through a page by the keyboard alone."""

from itertools import zip_longest

from playwright.sync_api import Page, expect


def walk(page: Page, most: int = 1000, known: set[str] | None = None) -> list[str]:
    """Press Tab from the top of a page through its controls.

    Args:
        page: where it goes.
        most: how many controls at most, from where it begins.
        known: what surrounds the content of pages and has been gone through: the controls before it, those after it.
            This page's are added.  Where they are known, the walk is from the last before the content to the first
            after it.

    Returns:
        What is wrong: a control out of its turn, a focus that is not marked, a control that is not in view.
    """
    # The script of this form sends it and puts words in its place.
    expect(page.locator("[data-module=mark-read]")).to_have_count(0)
    controls = page.evaluate(BEGIN)
    first, end = 0, controls["count"]
    if known is not None:
        if controls["before"] in known and controls["start"] > 0:
            first = controls["start"]
            page.evaluate(FOCUS, first - 1)
        if controls["after"] in known:
            end = min(end, controls["end"] + 1)
    end = min(end, first + most)
    if known is not None:
        known |= {controls["before"]} if end >= controls["start"] else set()
        known |= {controls["after"]} if end == controls["count"] else set()
    for _ in range(first, end):
        page.keyboard.press("Tab")
    walked, faults = page.evaluate("window.walked"), []
    for number, at in zip_longest(range(first, end), walked):
        if at is None or at["number"] != number:
            return [*faults, f"control {number} of {end} does not get the focus in its turn, but {at}"]
        faults += [f"{what}: {at['html']}" for what in ("no focus mark", "not in view") if at[what]]
    return faults


NUMBER_CONTROLS = """
() => {
  const groups = new Map(), turns = new Map(), seen = [];
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  for (const one of document.querySelectorAll(kinds)) {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true})) continue;
    const folded = one.closest("details:not([open])");
    if (folded && one.parentElement !== folded) continue;
    if (one.type === "radio") {
      const name = one.form?.action + " " + one.name;
      if (groups.has(name)) { turns.set(one, groups.get(name)); continue; }
      groups.set(name, seen.length);
    }
    turns.set(one, seen.length);
    seen.push(one);
  }
  window.controls = seen;
  window.turnOf = (one) => turns.get(one) ?? -1;
}
"""
"""Number what Tab should come to, as the page is read.  A group of radios is one; so is what a closed details hides."""
BEGIN = f"""
() => {{
  ({NUMBER_CONTROLS})();
  const root = document.documentElement, seen = window.controls;
  // From here on Tab begins at the top, wherever the focus was.
  root.tabIndex = -1; root.focus(); root.blur(); root.removeAttribute("tabindex");
  const look = () => {{
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const label = one.labels && one.labels[0], forced = matchMedia("(forced-colors: active)").matches;
    const styles = [getComputedStyle(one)];
    if (label) styles.push(getComputedStyle(label, "::before"));
    const marked = styles.some((style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || (!forced && style.boxShadow !== "none"));
    const places = [0.1, 0.5, 0.9];
    const in_view = [...one.getClientRects()].some((box) => {{
      const top = Math.max(box.top, 0), height = Math.min(box.bottom, innerHeight) - top;
      return height > 0 && places.some((x) => places.some((y) => {{
        const there = document.elementFromPoint(box.left + box.width * x, top + height * y);
        return there && (one.contains(there) || (label && label.contains(there)));
      }}));
    }});
    return {{
      number: window.turnOf(one), "no focus mark": !marked, "not in view": !in_view,
      html: one.outerHTML.slice(0, 160),
    }};
  }};
  window.walking?.abort();
  window.walking = new AbortController();
  window.walked = [];
  const note = (event) => {{ if (event.key === "Tab") window.walked.push(look()); }};
  addEventListener("keyup", note, {{capture: true, signal: window.walking.signal}});
  const content = document.querySelector("main");
  const is_before = (one) => content.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING;
  const start = seen.filter(is_before).length, end = seen.findLastIndex((one) => content.contains(one)) + 1 || start;
  const say = (some) => some.map((one) => one.outerHTML).join("");
  return {{count: seen.length, start, end, before: say(seen.slice(0, start)), after: say(seen.slice(end))}};
}}
"""
"""Go back to the top, number what Tab should come to, and note where each Tab has led once its key is let go.

In forced colours shadows are not painted, so only an outline marks the focus.
"""
FOCUS = "(number) => window.controls[number].focus()"
