"""Pieces of script that look at an article in a page; the same for every browser."""

# The effective size of each text node of title and body: its font size times the zoom it stands under.
MEASURE = """
([title, body]) => {
  const found = [];
  for (const root of [document.querySelector(title), document.querySelector(body)]) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      if (!node.data.trim() || node.parentElement.closest("script,style,object,video")) continue;
      const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
      found.push(size * (node.parentElement.currentCSSZoom ?? 1));
    }
  }
  return found;
}
"""
# Counts every write into title and body from now on.
WATCH = """
([title, body]) => {
  window.writes = 0;
  const watch = new MutationObserver((list) => { window.writes += list.length; });
  for (const root of [document.querySelector(title), document.querySelector(body)])
    watch.observe(root, { childList: true, subtree: true, attributes: true, characterData: true });
}
"""
# The text that is marked under a name: "sentence", "word", "source", "term".
MARKED = "(name) => [...(CSS.highlights.get('readable-' + name) ?? [])].map(String).join('|')"
# Pixels over the edge of the window.
OVER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Rules are laid at once, what grew out of its place is repaired in the next frame: after two, all is still.
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


def unlike(before: list[float], after: list[float], size: int) -> list[tuple[float, float]]:
    """The text nodes that did not grow to this many per cent, within 5 % of it."""
    wanted = size / 100
    pairs = zip(before, after, strict=True)
    return [(was, now) for was, now in pairs if abs(now / was - wanted) > 0.05 * wanted]
