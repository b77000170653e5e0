"""What presets found, put in the place of what was found the general way, where it fits.

A built-in preset never makes a page worse: its body must hold most of what the general body holds, its
title must look like one, its date must be one. A portal's own selectors are believed as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readable_portal.page.anchoring import Published, Title
from readable_portal.page.bylines import as_name
from readable_portal.page.dates import find_date
from readable_portal.page.scoring import Body

if TYPE_CHECKING:
    from readable_portal.page.bylines import Byline
    from readable_portal.page.presets import Found
    from readable_portal.page.tree import Tree

__all__ = ["override_body", "override_byline", "override_lead", "override_published", "override_title"]

# A preset's body must hold this share of what the general one holds.
_BODY_SHARE = 0.8


def override_body(tree: Tree, body: Body | None, found: Found) -> Body | None:
    """The body that a preset names, or the general one."""
    if "body" not in found.elements:
        return body
    element, preset = found.elements["body"]
    ends = tree.ends()
    value = sum(run.value for run in tree.runs_in(element, ends[element]) if run.value > 0)
    if not preset.own and body is not None:
        nested = body.element <= element < body.end or element <= body.element < ends[element]
        if not nested or value < _BODY_SHARE * body.value:
            return body
    if value <= 0:
        return body
    total = body.total if body is not None else value
    return Body(element, ends[element], value, total, ends, f"preset:{preset.name}")


def override_title(tree: Tree, title: Title, found: Found) -> Title:
    """The title that a preset names, or the general one."""
    if "title" not in found.elements:
        return title
    element, preset = found.elements["title"]
    runs = tree.runs_of(element)
    text = " ".join(tree.runs[i].text for i in runs)
    if not runs or not 4 <= len(text) <= 400:
        return title
    linked = sum(tree.runs[i].links for i in runs) * 2 > len(text)
    if linked and not preset.own:
        return title
    return Title(text, element, runs[0], runs[-1] + 1, f"preset:{preset.name}")


def override_published(tree: Tree, published: Published, found: Found) -> Published:
    """The date that a preset names, unless the head says it to the second; or the general one."""
    if "date" not in found.elements:
        return published
    element, preset = found.elements["date"]
    if not preset.own and not published.evidence.startswith("seen"):
        return published
    for i in tree.runs_of(element):
        date = find_date(tree.runs[i].text)
        if date is not None:
            return Published(date, f"preset:{preset.name}", i)
    return published


def override_lead(tree: Tree, lead: tuple[int, str], found: Found) -> tuple[int, str]:
    """Index of the run that a preset names as lead and why, or the general one."""
    if "lead" not in found.elements:
        return lead
    element, preset = found.elements["lead"]
    runs = [i for i in tree.runs_of(element) if 20 <= tree.runs[i].size <= 1500]
    if not runs:
        return lead
    return max(runs, key=lambda i: tree.runs[i].size), f"preset:{preset.name}"


def override_byline(tree: Tree, byline: Byline, found: Found) -> Byline:
    """Author and source that presets name, or the general ones."""
    for name in ("author", "source"):
        if name not in found.elements:
            continue
        element, preset = found.elements[name]
        for i in tree.runs_of(element):
            person = as_name(tree.runs[i].text)
            if not person:
                continue
            byline.lines.add(i)
            if name == "source":
                byline.source = person
            else:
                byline.author, byline.evidence = person, f"preset:{preset.name}"
            break
    return byline
