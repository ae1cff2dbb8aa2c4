"""A hand at the console: signs in as one after the other, finds forms by the words on their buttons, fields by their labels."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from wallboard.screens.console.session import SIGNED_IN

UNFOLD = (
    "(one) => { for (let up = one.closest('.fold'); up; up = up.parentElement.closest('.fold'))"
    " up.querySelector('.accordion-button.collapsed')?.click(); }"
)
WITHIN = 60_000.0
"""Milliseconds to hope on a machine that is busy."""

FIRST = "the first"
"""An answer: whichever is offered first."""

CHOSEN = "(one, words) => [...one.options].find((option) => option.value === words || option.text.startsWith(words))?.value"

POST = """async ([address, fields]) => {
    const { token } = await (await fetch("/room/token")).json();
    const body = new URLSearchParams(fields);
    return (await fetch(address, { method: "POST", body, headers: { "X-Room-Token": token } })).json();
}"""


@dataclass
class Hand:
    """One page, in which people take turns."""

    page: Page
    url: str
    secret: Callable[[str], str]
    login: str = ""
    is_old: bool = False
    """Whether something has been sent since the page was drawn."""
    clicks: bool = True
    """Whether everything is filled in and clicked; else what is the same in every session is sent by the page's script."""

    def sign_in(self, login: str) -> None:
        """Somebody takes the page: what is opened next is theirs."""
        self.login = login
        self.page.context.add_cookies([{"name": SIGNED_IN, "value": self.secret(login), "url": self.url}])

    def open(self, path: str) -> None:
        """A page of the console, drawn."""
        self.page.goto(self.url + path, wait_until="commit")
        self.is_old = False
        self.page.locator("main.console").wait_for(timeout=WITHIN)

    def at(self, path: str) -> None:
        """The same, where the page does not stand there already as it is now."""
        if self.is_old or not self.page.url.endswith(path):
            self.open(path)

    def press(self, button: str, done: str, answers: Mapping[str, str] | None = None, *, at: str = "") -> None:
        """Send the form with a button of these words, of several the one whose part of the page says `at`."""
        Pressed(self, button, done, at).send(answers or {})

    def post(self, verb: str, number: int, **fields: str | int) -> None:
        """What a form would send, from the page but without drawing it anew: for what other sessions have done by hand."""
        answer = self.page.evaluate(POST, [f"/room/do/{verb}/{number}", {key: str(value) for key, value in fields.items()}])
        assert answer.get("ok"), (verb, number, answer)
        self.is_old = True

    def text(self) -> str:
        """All that stands on the page."""
        return " ".join(self.page.locator("main.console").inner_text().split())


@dataclass(frozen=True)
class Pressed:
    """One form, to be filled in and sent."""

    hand: Hand
    button: str
    done: str
    at: str

    def form(self) -> Locator:
        """The form, unfolded."""
        page = self.hand.page
        pressed = page.get_by_role("button", name=self.button, exact=True, include_hidden=True)
        forms = page.locator("form").filter(has=pressed)
        if self.at:
            forms = page.locator("li, article, .accordion-item").filter(has_text=self.at).locator("form").filter(has=pressed)
        form = forms.first
        form.wait_for(state="attached", timeout=WITHIN)
        form.evaluate(UNFOLD)
        return form

    def send(self, answers: Mapping[str, str]) -> None:
        """Fill in what is asked for, by its label, send it, and wait for what the room says to it."""
        form, page = self.form(), self.hand.page
        for label, answer in answers.items():
            _answer(form, label, answer)
        page.evaluate("document.body.dataset.sent = 'yes'")
        form.get_by_role("button", name=self.button, exact=True).click()
        done = page.locator("body:not([data-sent]) .toast-now").filter(has_text=self.done)
        refusal = page.locator("form .refusal:visible")
        done.or_(refusal).first.wait_for(timeout=WITHIN)
        assert not refusal.count(), f"{self.button}: {refusal.first.inner_text()}"


def _answer(form: Locator, label: str, answer: str) -> None:
    group = form.get_by_role("group", name=label)
    if group.count():
        radios = group.get_by_role("radio")
        (radios if answer == FIRST else group.get_by_role("radio", name=answer, exact=True)).first.check()
        return
    field = form.get_by_label(label)
    if field.evaluate("(one) => one.tagName") == "SELECT":
        value = field.evaluate(CHOSEN, answer)
        assert value, f"{label} offers no “{answer}”, but {field.locator('option').all_inner_texts()}"
        field.select_option(value)
    elif field.get_attribute("type") == "checkbox":
        field.check()
    else:
        field.fill(answer)
