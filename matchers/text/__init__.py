"""Text: marks in titles, what a mention does, copied passages, product titles, names."""

from matchers.text.context import Use, use
from matchers.text.corpus import Corpus
from matchers.text.domains import domains
from matchers.text.likeness import Product
from matchers.text.marks import Marks, mark_in
from matchers.text.names import name
from matchers.text.passages import passage
from matchers.text.products import product

__all__ = ["Corpus", "Marks", "Product", "Use", "domains", "mark_in", "name", "passage", "product", "use"]
