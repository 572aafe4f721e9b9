"""What sellers do to a picture they took: each change keeps the work and alters the file."""

from collections.abc import Callable

from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps

Change = Callable[[Image.Image], Image.Image]


def crop(picture: Image.Image) -> Image.Image:
    """About the lower right two thirds of the picture."""
    width, height = picture.size
    return picture.crop((int(width * 0.16), int(height * 0.14), int(width * 0.97), int(height * 0.98)))


def recolour(picture: Image.Image) -> Image.Image:
    """The picture with its hues turned by a tenth and its colours made stronger."""
    hue, saturation, value = picture.convert("HSV").split()
    turned = Image.merge("HSV", (hue.point(lambda level: (level + 26) % 256), saturation, value))
    return ImageEnhance.Color(turned.convert("RGB")).enhance(1.3)


def caption(picture: Image.Image) -> Image.Image:
    """The picture below a white bar with a seller's words."""
    width, height = picture.size
    bar = height // 6
    whole = Image.new("RGB", (width, height + bar), "white")
    whole.paste(picture, (0, bar))
    font = ImageFont.load_default(bar * 0.5)
    ImageDraw.Draw(whole).text((width // 30, bar // 5), "NEW! FREE SHIPPING TODAY", fill=(180, 20, 20), font=font)
    return whole


def mirror(picture: Image.Image) -> Image.Image:
    """The picture with left and right exchanged."""
    return ImageOps.mirror(picture)


def rotate(picture: Image.Image) -> Image.Image:
    """The picture turned by four degrees and cut so that no empty corner shows."""
    width, height = picture.size
    margin_x, margin_y = int(width * 0.07), int(height * 0.07)
    turned = picture.rotate(4, Image.Resampling.BICUBIC)
    return turned.crop((margin_x, margin_y, width - margin_x, height - margin_y))


def same(picture: Image.Image) -> Image.Image:
    """The picture as it is."""
    return picture


CHANGES: dict[str, Change] = {
    "same": same,
    "crop": crop,
    "recolour": recolour,
    "caption": caption,
    "mirror": mirror,
    "rotate": rotate,
}
"""Every change by its name in listings.yaml."""
