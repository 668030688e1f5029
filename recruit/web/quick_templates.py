"""Jinja with less ado about each value and each macro: together they took a fifth of the time that a page is made in.

What a template prints goes into the page and nowhere else, so it need not become markup by itself first; and a macro
takes what every macro takes, which Jinja finds out anew at each call.
"""

from collections.abc import Sequence
from functools import lru_cache, partial
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, Final

from flask.templating import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from markupsafe import _escape_inner as _escaped  # type: ignore[attr-defined]  # what `escape` calls

from recruit.web.current import current_application

MACROS_KEPT: Final = 64  # more than are asked for by themselves


def escaped(value: Any) -> str:
    """Return `value` as a page has it: markup as it is, and all else with what HTML would take for its own escaped."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]  # a string
    return _escaped(value) if kind is str else escape(value)


class _Code(CodeGenerator):
    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write(f"environment.escaped({finalize.src or ''}")


class _Scope(Context):
    def call(self, called: Any, /, *given: Any, **named: Any) -> Any:
        kind = type(called)
        if kind is not Macro and (kind not in _SIMPLE or hasattr(called, "jinja_pass_arg")):
            return super().call(called, *given, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        if kind is not Macro:
            return called(*given, **named)
        if not named and _takes_exactly(called, given):
            made = called._func(*given)
            return Markup(made) if self.eval_ctx.autoescape else made  # noqa: S704  what it prints is escaped by itself
        return called(self.eval_ctx, *given, **named)


def _takes_exactly(macro: Macro, given: Sequence[Any]) -> bool:
    """Say whether what is given is what a macro takes, one by one: nothing is left out, named, or called back."""
    return len(given) == macro._argument_count and not (macro.caller or macro.catch_kwargs or macro.catch_varargs)


def markup_of(template: str, name: str, *given: Any) -> Markup:
    """Return what the macro called `name` of a template makes of what is given, which is all that it uses.

    Flask looks for the template, and Jinja finds out what the macro takes, each time.

    Raises:
        AttributeError: there is none of that name.
    """
    environment = current_application().jinja_env
    find = _macro.__wrapped__ if environment.auto_reload else _macro
    macro: Macro = find(environment, template, name)
    return Markup(macro._func(*given)) if _takes_exactly(macro, given) else Markup(macro(*given))  # noqa: S704  as above


@lru_cache(maxsize=MACROS_KEPT)
def _macro(environment: Environment, template: str, name: str) -> Macro:
    macro: Macro = getattr(environment.get_template(template).module, name)
    return macro


_SIMPLE = frozenset({FunctionType, MethodType, BuiltinFunctionType, partial})
"""What is called as it is, unless it says that it wants to be told of the template."""


class QuickEnvironment(Environment):
    """Flask's environment of templates, with what is quicker."""

    code_generator_class = _Code
    context_class = _Scope
    escaped = staticmethod(escaped)
