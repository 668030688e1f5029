"""Going through pages as a person does, by what is written on them; and counting what it took."""

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page

from tests.journeys.keyboard import NUMBER_CONTROLS

A_PAGE, A_FIELD = 10, 12  # seconds to read a page, and to fill in a field
PACE = 40  # words a minute, of text that is made up while it is typed
MOST_CHOICES = 50


@dataclass
class Effort:
    """What an application took: an estimate by what is asked, not by how fast a test types."""

    pages: int = 0
    fields: int = 0
    words: int = 0

    @property
    def minutes(self) -> int:
        return round((self.pages * A_PAGE + self.fields * A_FIELD) / 60 + self.words / PACE)

    def __sub__(self, earlier: "Effort") -> "Effort":
        return Effort(self.pages - earlier.pages, self.fields - earlier.fields, self.words - earlier.words)

    def __str__(self) -> str:
        return f"{self.pages} pages, {self.fields} fields, {self.words} words of text, about {self.minutes} minutes"


@dataclass
class Walker:
    """Somebody with a mouse or a finger.  Each page that opens and each field that is filled in is counted."""

    page: Page
    effort: Effort = field(default_factory=Effort)

    def __post_init__(self) -> None:
        self.page.on("framenavigated", self._count_page)

    def _count_page(self, _frame: Any) -> None:
        self.effort.pages += 1

    def answer(self, question: str, answer: str | bool) -> None:
        """Answer what the page asks.

        Args:
            question: a label, or the legend of radios, boxes or a date, word for word.
            answer: what is typed; for a choice its label; for a date its parts, like "9 2019"; for a box that it is
                ticked.
        """
        group = self.page.get_by_role("group", name=question, exact=True)
        if group.count() == 0:
            self._fill(self.page.get_by_label(question, exact=True), answer)
        elif group.get_by_role("radio").or_(group.get_by_role("checkbox")).count():
            self._fill(group.get_by_label(str(answer), exact=True), True)
        else:
            for box, part in zip(group.get_by_role("textbox").all(), str(answer).split(), strict=True):
                self._fill(box, part)

    def _fill(self, control: Locator, answer: str | bool) -> None:
        self.effort.fields += 1
        if isinstance(answer, bool):
            control.check()
        else:
            control.fill(answer)
            self._count_words(answer)

    def _count_words(self, answer: str) -> None:
        """Count the words of a text; a short answer is counted as its field alone."""
        words = len(answer.split())
        self.effort.words += words if words > 5 else 0

    def press(self, name: str) -> None:
        """Press a button that sends a form, and wait for the page that answers."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, words: str) -> None:
        """Follow the first link of the page's own that begins with `words`."""
        with self.page.expect_navigation():
            self.page.locator("main a, .govuk-back-link").filter(
                has_text=re.compile(rf"^\s*{re.escape(words)}")
            ).first.click()


class KeyboardWalker(Walker):
    """Somebody without a pointer: Tab to get there, the arrow keys and Space to choose, Enter to go on."""

    def answer(self, question: str, answer: str | bool) -> None:
        at = self._tab_to(question=question)
        keys = self.page.keyboard
        self.effort.fields += 1
        if at["kind"] == "radio":
            for _ in range(MOST_CHOICES):
                if self._focused()["label"] == answer:
                    break
                keys.press("ArrowDown")
            keys.press("Space")
        elif at["kind"] == "checkbox":
            if at["label"] not in (question, answer):
                self._tab_to(label=str(answer))
            keys.press("Space")
        elif at["group"] == question:
            first, *others = str(answer).split()
            keys.type(first)
            for part in others:
                self.effort.fields += 1
                keys.press("Tab")
                keys.type(part)
        else:
            keys.press("ControlOrMeta+A")  # a field that is filled in already is written anew
            keys.insert_text(str(answer))
            self._count_words(str(answer))
        assert isinstance(answer, str) or self._focused()["checked"], question

    def press(self, name: str) -> None:
        self._tab_to(label=name, kind="submit")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follow(self, words: str) -> None:
        self._tab_to(start=words, kind="a")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _tab_to(self, **wanted: str) -> dict[str, Any]:
        """Press Tab until what is wanted has the focus, as often as it stands after what has it now; return it.

        Args:
            wanted: its label or its group's legend ("question"), its label, how its label begins, its kind.
        """
        self.page.evaluate(NUMBER_CONTROLS)
        presses = self.page.evaluate(AHEAD, wanted)
        assert presses, f"{wanted} does not come on {self.page.url} after {self._focused()}"
        for _ in range(presses):
            self.page.keyboard.press("Tab")
        assert self.page.evaluate(AHEAD, {**wanted, "here": "yes"}), f"{wanted} is not reached on {self.page.url}"
        return self._focused()

    def _focused(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(FOCUSED)
        return found


DESCRIBE = """
(one) => {
  const say = (node) => (node ? node.textContent : "").replace(/\\s+/g, " ").trim();
  const fieldset = one.matches("input, textarea, select") ? one.closest("fieldset") : null;
  const is_own = one.closest("main") || one.matches("[type=submit]");
  return {
    kind: is_own ? one.getAttribute("type") || one.localName : "", checked: Boolean(one.checked),
    label: say(one.labels && one.labels.length ? one.labels[0] : one),
    group: say(fieldset && fieldset.querySelector("legend")),
  };
}
"""
"""What a control is: its label, and the legend of the group that it stands in."""
FOCUSED = f"() => ({DESCRIBE})(document.activeElement)"
AHEAD = f"""
(wanted) => {{
  const fits = (one) => {{
    const is = ({DESCRIBE})(one);
    return (!wanted.question || [is.label, is.group].includes(wanted.question))
      && (!wanted.label || is.label === wanted.label) && (!wanted.start || is.label.startsWith(wanted.start))
      && (!wanted.kind || is.kind === wanted.kind);
  }};
  const at = document.activeElement;
  if (wanted.here) return fits(at);
  const here = window.turnOf(at), ahead = window.controls.findIndex((one, turn) => turn > here && fits(one));
  return ahead < 0 ? 0 : ahead - here;
}}
"""
"""How many controls further what is wanted is, 0 for nowhere; or whether it has the focus."""
