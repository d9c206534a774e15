"""The gallery: one page per mechanism, made from its docstring, its traits, its parameters and its fingerprint."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from .. import rules
from ..literature import REFERENCES
from ..parameter import Mechanism
from ..report.markdown import table
from ..rule import RULES
from ..rules import MECHANISMS
from .fingerprints import FINGERPRINTS, Fingerprint
from .tables import HEAD, parameter_rows
from .writing import NOTE, write_page


def module_of(mechanism: Mechanism) -> ModuleType:
    """The file of a mechanism."""
    module: ModuleType = getattr(rules, mechanism.name)
    return module


ALSO = {"estimates": ("decisions",), "motivation": ("rewards",), "turnover": ("joining",)}
"""Further files of a mechanism."""


def rules_of(mechanism: Mechanism) -> list[Callable[..., object]]:
    """The rule functions of a mechanism's files, in their order."""
    package = rules.__name__
    files = [f"{package}.{name}" for name in (mechanism.name, *ALSO.get(mechanism.name, ()))]
    return [f for f in RULES if f.__module__ in files and not f.__name__.startswith("_")]


def traits(mechanism: Mechanism) -> str:
    """What kind of mechanism it is, as a table."""
    bases = Counter(p.basis for p in mechanism.parameters)
    counted = ", ".join(f"{n} {basis}" for basis, n in sorted(bases.items()))
    strengths = ", ".join(f"`{name}`" for name in mechanism.strength)
    rows = [
        ("code", mechanism.code),
        ("step of the week", f"`{mechanism.step}`"),
        ("file", f"`simulation/engagesim/rules/{mechanism.name}.py`"),
        ("off", f"when {strengths} {'is' if len(mechanism.strength) == 1 else 'are'} 0"),
        ("known answer when alone", mechanism.known_answer),
        ("parameters", f"{len(mechanism.parameters)}: {counted}"),
        ("source", f"{mechanism.source}: {REFERENCES[mechanism.source].citation}"),
    ]
    return table(("trait", "value"), rows)


def page(mechanism: Mechanism) -> str:
    """The page of one mechanism, with its picture beside it as `<name>.svg`."""
    print_ = FINGERPRINTS[mechanism.name]
    functions = [(f"`{f.__name__}`", inspect.getdoc(f) or "", _arguments(f)) for f in rules_of(mechanism)]
    return "\n".join([
        f"# {mechanism.title}\n", NOTE, f"{(module_of(mechanism).__doc__ or '').strip()}\n", traits(mechanism),
        f"\n## Fingerprint\n\n![{caption(print_)}]({mechanism.name}.svg)\n\n{caption(print_)}\n",
        "## Rules\n", table(("rule", "what it gives", "from"), functions),
        "\n## Parameters\n", table(HEAD, parameter_rows(mechanism.parameters)),
    ])  # fmt: skip


def caption(print_: Fingerprint) -> str:
    """What the picture of a fingerprint shows, in words."""
    others = ", ".join(f"{name} {value:g}" for name, value in print_.arguments().items())
    curves = f", one curve per {print_.curve.replace('_', ' ')}" if print_.curve else ""
    return f"{print_.rule.__name__}: {print_.says} over {print_.x.replace('_', ' ')}{curves}. Held: {others or '-'}."


def _arguments(function: Callable[..., object]) -> str:
    return ", ".join(inspect.signature(function).parameters)


def draw(print_: Fingerprint, path: Path) -> None:
    """Write the picture of a fingerprint as SVG, the same bytes every time."""
    import matplotlib as mpl
    import seaborn as sns
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "engagesim", "font.size": 11}):
        figure = Figure(figsize=(6.4, 3.4), layout="constrained")
        axes = figure.add_subplot()
        grid, curves = print_.response()
        colours = sns.color_palette("viridis", len(curves) + 1)[:-1]
        labels = print_.labels or [f"{value:g}" for value in curves]
        for colour, label, response in zip(colours, labels, curves.values(), strict=True):
            axes.plot(grid, response, color=colour, linewidth=2.2, label=label)
        axes.set(xlabel=print_.x.replace("_", " "), ylabel=print_.says)
        if print_.curve:
            figure.legend(title=print_.curve.replace("_", " "), frameon=False, loc="outside right upper")
        sns.despine(figure)
        figure.savefig(path, format="svg", metadata={"Date": None})


def write_gallery(folder: Path) -> list[Path]:
    """Write a page and a picture per mechanism, and the page that leads to them; returns the paths of the pages."""
    pages = []
    for mechanism in MECHANISMS:
        pages.append(write_page(folder / f"{mechanism.name}.md", page(mechanism)))
        draw(FINGERPRINTS[mechanism.name], folder / f"{mechanism.name}.svg")
    cards = [
        [m.code, f"[{m.title}]({m.name}.md)", (module_of(m).__doc__ or "").strip().split("\n")[0], f"![]({m.name}.svg)"]
        for m in MECHANISMS
    ]
    tree = "```{toctree}\n:hidden:\n\n" + "\n".join(m.name for m in MECHANISMS) + "\n```\n"
    index = ["# Gallery of mechanisms\n", NOTE, table(("code", "mechanism", "in a sentence", ""), cards), tree]
    return [*pages, write_page(folder / "index.md", "\n".join(index))]
