"""What is done to a copied picture: simple edits, and the harder ones that listings really show.

Each change is a function of the picture, other pictures to use as company, and a seeded generator.
"""

import io
from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Others = Sequence[Image.Image]
Change = Callable[[Image.Image, Others, np.random.Generator], Image.Image]
Array = NDArray[np.uint8]


def jpeg(picture: Image.Image, quality: int) -> Image.Image:
    """The picture after one round of JPEG."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


def fitted(picture: Image.Image, size: tuple[int, int], fill: bool) -> Image.Image:
    """The picture in a box: filling it, parts cut off, or whole on white."""
    if fill:
        return ImageOps.fit(picture, size, Image.Resampling.LANCZOS)
    return ImageOps.pad(picture, size, Image.Resampling.LANCZOS, color="white")


def cropped(picture: Image.Image, share: float, rng: np.random.Generator) -> Image.Image:
    """A window of so much of the area, at a random place."""
    side = share**0.5
    width, height = round(picture.width * side), round(picture.height * side)
    left, top = int(rng.integers(picture.width - width + 1)), int(rng.integers(picture.height - height + 1))
    return picture.crop((left, top, left + width, top + height))


def warped(picture: Image.Image, shift: float, rng: np.random.Generator, ground: Image.Image) -> Image.Image:
    """The picture seen aslant on a ground; each corner moves by up to `shift` of the size."""
    size = (640, 560)
    width, height = picture.size
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    box = np.array([(90, 70), (550, 70), (550, 490), (90, 490)], np.float32)
    target = box + (rng.random((4, 2)) * 2 - 1) * shift * np.array(size)
    matrix = cv2.getPerspectiveTransform(source, target.astype(np.float32))
    base = np.array(ground.resize(size))
    cv2.warpPerspective(np.asarray(picture), matrix, size, base, cv2.INTER_AREA, cv2.BORDER_TRANSPARENT)
    return Image.fromarray(base)


def grid(picture: Image.Image, others: Others, rng: np.random.Generator, shape: tuple[int, int]) -> Image.Image:
    """A collage of columns x rows; the picture is one of its panels."""
    columns, rows = shape
    side, gap, fill = int(rng.integers(190, 300)), int(rng.choice([0, 4, 10])), bool(rng.random() < 0.6)
    sheet = Image.new("RGB", (columns * (side + gap) + gap, rows * (side + gap) + gap), "white")
    place = int(rng.integers(columns * rows))
    for number in range(columns * rows):
        panel = picture if number == place else others[number % len(others)]
        at = (gap + number % columns * (side + gap), gap + number // columns * (side + gap))
        sheet.paste(fitted(panel, (side, side), fill), at)
    return sheet


def thumbnails(picture: Image.Image, others: Others, rng: np.random.Generator) -> Image.Image:
    """One large other picture above a strip of five small ones, ours among them."""
    sheet = Image.new("RGB", (800, 820), "white")
    sheet.paste(fitted(others[0], (800, 640), True), (0, 0))
    place = int(rng.integers(5))
    for number in range(5):
        sheet.paste(
            fitted(picture if number == place else others[number % len(others)], (150, 150), False),
            (8 + 158 * number, 655),
        )
    return sheet


def occluded(picture: Image.Image, others: Others, rng: np.random.Generator) -> Image.Image:
    """A third of the picture hidden behind one block of another."""
    width, height = (round(side * 0.3**0.5) for side in picture.size)
    at = (int(rng.integers(picture.width - width)), int(rng.integers(picture.height - height)))
    result = picture.copy()
    result.paste(fitted(others[0], (width, height), True), at)
    return result


def before_after(picture: Image.Image, others: Others, rng: np.random.Generator) -> Image.Image:
    """Two panels side by side, ours darkened or brightened, with captions."""
    sheet = Image.new("RGB", (820, 470), "white")
    pair = [ImageEnhance.Brightness(picture).enhance(float(rng.choice([0.75, 1.25]))), others[0]]
    if rng.random() < 0.5:
        pair.reverse()
    pen = ImageDraw.Draw(sheet)
    for number, (panel, caption) in enumerate(zip(pair, ("BEFORE", "AFTER"), strict=True)):
        sheet.paste(fitted(panel, (400, 400), True), (5 + 410 * number, 5))
        pen.text((130 + 410 * number, 415), caption, fill="black", font=ImageFont.load_default(40))
    return sheet


def aslant(picture: Image.Image, others: Others, rng: np.random.Generator) -> Image.Image:
    """Strong perspective on a plain ground."""
    return warped(picture, 0.13, rng, Image.new("RGB", (8, 8), (228, 226, 220)))


def cut_out(picture: Image.Image, others: Others, rng: np.random.Generator) -> Image.Image:
    """The middle of the picture, along an ellipse, on another ground."""
    mask = Image.new("L", picture.size, 0)
    width, height = picture.size
    ImageDraw.Draw(mask).ellipse((width * 0.08, height * 0.04, width * 0.92, height * 0.96), fill=255)
    ground = fitted(others[0], picture.size, True).filter(ImageFilter.GaussianBlur(3))
    return Image.composite(picture, ground, mask.filter(ImageFilter.GaussianBlur(1)))


def _page(size: tuple[int, int], rng: np.random.Generator) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("RGB", size, (250, 250, 250))
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, size[0], 56), fill=tuple(int(n) for n in rng.integers(20, 120, 3)))
    pen.text((18, 14), "MARKET   Search everything   Cart (2)", fill="white", font=ImageFont.load_default(22))
    return page, pen


def shop_desktop(picture: Image.Image, others: Others, rng: np.random.Generator) -> Image.Image:
    """A product page on a desktop, ours as its main picture, others as recommendations."""
    page, pen = _page((1280, 860), rng)
    side = int(rng.integers(330, 460))
    page.paste(fitted(picture, (side, side), False), (60, 100))
    for line in range(9):
        words = "Great item in perfect condition, ships today  "[: 46 - 3 * line]
        pen.text((600, 110 + 34 * line), words, fill=(40, 40, 40), font=ImageFont.load_default(20))
    pen.rectangle((600, 440, 840, 490), fill=(230, 120, 20))
    for number in range(6):
        page.paste(fitted(others[number % len(others)], (170, 170), True), (60 + 195 * number, 640))
    return page


def shop_phone(picture: Image.Image, others: Others, rng: np.random.Generator) -> Image.Image:
    """A phone screenshot of a list of offers, ours one of them."""
    page, pen = _page((540, 1100), rng)
    place = int(rng.integers(4))
    for number in range(4):
        at = 76 + 250 * number
        page.paste(fitted(picture if number == place else others[number % len(others)], (230, 230), True), (14, at))
        for line in range(4):
            pen.text((260, at + 12 + 36 * line), f"Offer {number}{line}  12.99 EUR", fill=(30, 30, 30), font_size=22)
    return page


def photographed(picture: Image.Image, others: Others, rng: np.random.Generator) -> Image.Image:
    """A photo of a screen or print: aslant, unevenly lit, with moire, noise and blur."""
    slant = np.asarray(warped(picture, 0.05, rng, fitted(others[0], (640, 560), True))).astype(np.float32)
    y, x = np.mgrid[0 : slant.shape[0], 0 : slant.shape[1]]
    light = 0.75 + 0.5 * (x * rng.random() + y * rng.random()) / (x.max() + y.max())
    moire = 5 * np.sin(x / (1.4 + rng.random())) + 5 * np.sin(y / (1.4 + rng.random()))
    lit = slant * light[..., None] + moire[..., None] + rng.normal(0, 6, slant.shape)
    photo = Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))
    return jpeg(photo, 60)


def stickered(picture: Image.Image, others: Others, rng: np.random.Generator) -> Image.Image:
    """Discs, a ribbon and words stuck over about a quarter of the picture."""
    result = picture.copy()
    pen = ImageDraw.Draw(result)
    width, height = picture.size
    radius = round(min(picture.size) * 0.16)
    for _ in range(3):
        x, y = int(rng.integers(radius, width - radius)), int(rng.integers(radius, height - radius))
        pen.ellipse(
            (x - radius, y - radius, x + radius, y + radius), fill=tuple(int(n) for n in rng.integers(0, 255, 3))
        )
        pen.text((x - radius * 0.7, y - radius * 0.3), "SALE", fill="white", font_size=max(8, round(radius * 0.55)))
    pen.rectangle((0, height * 0.86, width, height), fill=(220, 20, 60))
    return result


def small_mirrored(picture: Image.Image, others: Others, rng: np.random.Generator) -> Image.Image:
    """Mirrored, shrunk and pasted on another picture."""
    base = fitted(others[0], (800, 600), True)
    scale = float(rng.uniform(0.3, 0.4))
    small = ImageOps.mirror(fitted(picture, (round(800 * scale), round(600 * scale)), True))
    base.paste(small, (int(rng.integers(800 - small.width)), int(rng.integers(600 - small.height))))
    return jpeg(base, 50)


def swapped(picture: Image.Image, others: Others, rng: np.random.Generator) -> Image.Image:
    """Red, green and blue exchanged, and a slight crop."""
    red, green, blue = cropped(picture, 0.85, rng).split()
    return Image.merge("RGB", [(green, blue, red), (blue, red, green)][int(rng.integers(2))])


HARD: dict[str, Change] = {
    "collage6": lambda picture, others, rng: grid(picture, others, rng, (3, 2)),
    "collage9": lambda picture, others, rng: grid(picture, others, rng, (3, 3)),
    "thumbnails": thumbnails,
    "occluded30": occluded,
    "before_after": before_after,
    "aslant": aslant,
    "cut_out": cut_out,
    "shop_desktop": shop_desktop,
    "shop_phone": shop_phone,
    "photographed": photographed,
    "stickered": stickered,
    "small_mirrored": small_mirrored,
    "swapped": swapped,
}

SIMPLE: dict[str, Change] = {
    "jpeg10": lambda picture, others, rng: jpeg(picture, 10),
    "small": lambda picture, others, rng: picture.resize((picture.width // 5, picture.height // 5)),
    "crop25": lambda picture, others, rng: cropped(picture, 0.75, rng),
    "crop50": lambda picture, others, rng: cropped(picture, 0.5, rng),
    "bordered": lambda picture, others, rng: ImageOps.expand(picture, picture.width // 6, "white"),
    "stretched": lambda picture, others, rng: picture.resize((picture.width, round(picture.height * 1.4))),
    "turned10": lambda picture, others, rng: picture.rotate(10, Image.Resampling.BICUBIC, fillcolor="white"),
    "turned90": lambda picture, others, rng: picture.transpose(Image.Transpose.ROTATE_90),
    "mirrored": lambda picture, others, rng: ImageOps.mirror(picture),
    "grey": lambda picture, others, rng: picture.convert("L").convert("RGB"),
    "dark": lambda picture, others, rng: ImageEnhance.Brightness(picture).enhance(0.5),
    "blurred": lambda picture, others, rng: picture.filter(ImageFilter.GaussianBlur(3)),
    "captioned": lambda picture, others, rng: ImageOps.expand(picture, (0, 110, 0, 0), "white"),
    "mirrored_crop_jpeg": lambda picture, others, rng: jpeg(ImageOps.mirror(cropped(picture, 0.8, rng)), 40),
}
