"""Reads the tables of this room: TSV with comment lines, a line of column names, then rows."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["read_table"]


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of ``data/NAME.tsv``, each as a mapping from column to text.

    Lines that begin with ``#`` explain the columns. A row that lacks columns is a mistake of ours,
    hence ``zip(strict=True)`` raises ``ValueError``.
    """
    text = files(__package__).joinpath("data", f"{name}.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    columns = next(lines).split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]
