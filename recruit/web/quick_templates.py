"""Jinja with less ado about each value and each macro: together they took a fifth of the time that a page is made in.

What a template prints goes into the page and nowhere else, so it need not become markup by itself first; and a macro
takes what every macro takes, which Jinja finds out anew at each call.
"""

from functools import partial
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from flask.templating import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from markupsafe import _escape_inner as _escaped  # type: ignore[attr-defined]  # what `escape` calls


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
        return called(self.eval_ctx, *given, **named) if kind is Macro else called(*given, **named)


_SIMPLE = frozenset({FunctionType, MethodType, BuiltinFunctionType, partial})
"""What is called as it is, unless it says that it wants to be told of the template."""


class QuickEnvironment(Environment):
    """Flask's environment of templates, with what is quicker."""

    code_generator_class = _Code
    context_class = _Scope
    escaped = staticmethod(escaped)
