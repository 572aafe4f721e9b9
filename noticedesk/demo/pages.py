"""The pages of the demo: listings that tell what they show in three ways, and the holders' pages of their works."""

import json
from html import escape

from noticedesk.demo.world import Design, Holder, Offer, Seller

_FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body>{body}</body></html>
"""


def listing(offer: Offer, seller: Seller, url: str, image: str) -> bytes:
    """The page of an offer, whose facts stand in JSON-LD, in OpenGraph, or only in the HTML itself."""
    head, body = _WAYS[offer.page](offer, seller, url, image)
    return _FRAME.format(title=escape(f"{offer.title} | Corner Marketplace"), head=head, body=body).encode()


def work(design: Design, holder: Holder, image: str) -> bytes:
    """The page on which a rights holder shows a work."""
    title, source = escape(design.title), escape(image)
    head = f'<meta property="og:title" content="{title}"><meta property="og:image" content="{source}">'
    body = f'<h1>{title}</h1><img src="{source}" alt="{title}"><p>&copy; {escape(holder.name)}</p>'
    return _FRAME.format(title=escape(f"{design.title} | {holder.name}"), head=head, body=body).encode()


def notice(title: str, text: str) -> bytes:
    """A page that only says something, such as that a listing is gone."""
    return _FRAME.format(title=escape(title), head="", body=f"<h1>{escape(title)}</h1><p>{escape(text)}</p>").encode()


Parts = tuple[str, str]


def _json_ld(offer: Offer, seller: Seller, url: str, image: str) -> Parts:
    product = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": offer.title,
        "description": offer.description,
        "sku": offer.id,
        "url": url,
        "image": [image],
        "brand": {"@type": "Brand", "name": offer.brand},
        "offers": {
            "@type": "Offer",
            "price": offer.price,
            "priceCurrency": "USD",
            "seller": {"@type": "Organization", "name": seller.name},
        },
    }
    # Within a script element only "<" could end it early.
    data = json.dumps(product).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{data}</script>', _plain(offer, seller, url, image)[1]


def _open_graph(offer: Offer, seller: Seller, url: str, image: str) -> Parts:
    told = {
        "og:type": "product",
        "og:title": offer.title,
        "og:description": offer.description,
        "og:url": url,
        "og:image": image,
        "product:price:amount": offer.price,
        "product:price:currency": "USD",
        "product:brand": offer.brand,
    }
    head = "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in told.items())
    return head, f"<p>Sold by {escape(seller.name)}</p>"


def _plain(offer: Offer, seller: Seller, url: str, image: str) -> Parts:
    body = f"""
<h1 class="title">{escape(offer.title)}</h1>
<img class="gallery" src="{escape(image)}" alt="">
<p class="description">{escape(offer.description)}</p>
<p class="brand">{escape(offer.brand)}</p>
<p class="price">{escape(offer.price)} USD</p>
<p class="seller">Sold by <a href="/account/{escape(seller.account)}">{escape(seller.name)}</a></p>
"""
    return "", body


_WAYS = {"json_ld": _json_ld, "open_graph": _open_graph, "plain": _plain}
