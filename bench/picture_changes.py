"""What publishers and reposters do to a picture, in families: a small set of changes that anyone can make anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Change = Callable[[Image.Image, Image.Image], Image.Image]
QUALITY = 80


@dataclass(frozen=True, slots=True)
class NamedChange:
    """Hold one change: `made` gets the picture and another one, for collages."""

    family: str
    name: str
    made: Change
    quality: int = QUALITY


def _crop(share: float, corner: bool) -> Change:
    def made(picture: Image.Image, _other: Image.Image) -> Image.Image:
        width, height = round(picture.width * share**0.5), round(picture.height * share**0.5)
        left, top = (0, 0) if corner else ((picture.width - width) // 2, (picture.height - height) // 2)
        return picture.crop((left, top, left + width, top + height))

    return made


def _scaled(share: float) -> Change:
    return lambda picture, _other: picture.resize((max(8, round(picture.width * share)), max(8, round(picture.height * share))))


def _banner(picture: Image.Image, _other: Image.Image) -> Image.Image:
    made = picture.copy()
    high = picture.height // 5
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, picture.height - high, picture.width, picture.height), fill=(170, 20, 30))
    draw.text((high // 4, picture.height - high), "NEWS AT NINE", font=ImageFont.load_default(high * 0.7), fill="white")
    return made


def _logo(picture: Image.Image, _other: Image.Image) -> Image.Image:
    made = picture.copy()
    side = min(picture.size) // 6
    ImageDraw.Draw(made).ellipse((side // 3, side // 3, side // 3 + side, side // 3 + side), fill=(20, 60, 180), outline="white")
    return made


def _meme(picture: Image.Image, _other: Image.Image) -> Image.Image:
    made = picture.copy()
    font = ImageFont.load_default(picture.height / 9)
    draw = ImageDraw.Draw(made)
    for place, words in ((0.02, "WHEN YOU SEE IT"), (0.86, "TOO LATE")):
        draw.text(
            (picture.width * 0.06, picture.height * place), words, font=font, fill="white", stroke_width=4, stroke_fill="black"
        )
    return made


def _on_screen(picture: Image.Image, _other: Image.Image) -> Image.Image:
    small = picture.resize((round(picture.width * 0.55), round(picture.height * 0.55)))
    made = Image.new("RGB", (picture.width, round(picture.height * 1.25)), (250, 250, 250))
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 0, made.width, made.height // 14), fill=(60, 60, 70))
    for line in range(6):
        top = round(made.height * (0.72 + line * 0.04))
        draw.rectangle((made.width // 12, top, made.width * (10 - line % 3) // 12, top + made.height // 70), fill=(110, 110, 110))
    made.paste(small, ((made.width - small.width) // 2, made.height // 8))
    return made


def _collage(picture: Image.Image, other: Image.Image) -> Image.Image:
    made = Image.new("RGB", (1000, 700), "white")
    for place, one in enumerate((other, picture, ImageOps.mirror(other), ImageOps.flip(other))):
        made.paste(one.resize((490, 340)), (5 + place % 2 * 500, 5 + place // 2 * 350))
    return made


def _pasted(share: float) -> Change:
    def made(picture: Image.Image, other: Image.Image) -> Image.Image:
        sheet = other.resize((1000, 700)).copy()
        width = round((1000 * 700 * share * picture.width / picture.height) ** 0.5)
        sheet.paste(picture.resize((width, max(1, round(width * picture.height / picture.width)))), (120, 90))
        return sheet

    return made


def _turned(degrees: float) -> Change:
    return lambda picture, _other: picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(128, 128, 128))


def _plain(function: Callable[[Image.Image], Image.Image]) -> Change:
    return lambda picture, _other: function(picture)


def _grey_with_banner(picture: Image.Image, other: Image.Image) -> Image.Image:
    return _banner(_crop(0.6, corner=False)(picture, other), other).convert("L").convert("RGB")


def _mirrored_in_black(picture: Image.Image, _other: Image.Image) -> Image.Image:
    return ImageOps.expand(ImageOps.mirror(picture), picture.width // 8, "black")


CHANGES: tuple[NamedChange, ...] = (
    NamedChange("compress", "jpeg 30", _plain(lambda picture: picture), 30),
    NamedChange("compress", "jpeg 8", _plain(lambda picture: picture), 8),
    NamedChange("resize", "half", _scaled(0.5)),
    NamedChange("resize", "an eighth", _scaled(0.125)),
    NamedChange("crop", "middle 70 %", _crop(0.7, corner=False)),
    NamedChange("crop", "middle 30 %", _crop(0.3, corner=False)),
    NamedChange("crop", "corner 50 %", _crop(0.5, corner=True)),
    NamedChange("crop", "corner 15 %", _crop(0.15, corner=True)),
    NamedChange("flip and turn", "mirrored", _plain(ImageOps.mirror)),
    NamedChange("flip and turn", "quarter turn", _plain(lambda picture: picture.transpose(Image.Transpose.ROTATE_90))),
    NamedChange("flip and turn", "upside down", _plain(lambda picture: picture.transpose(Image.Transpose.ROTATE_180))),
    NamedChange("small turn", "4 degrees", _turned(4)),
    NamedChange("small turn", "30 degrees", _turned(30)),
    NamedChange("tone", "grey", _plain(lambda picture: picture.convert("L").convert("RGB"))),
    NamedChange("tone", "dark", _plain(lambda picture: ImageEnhance.Brightness(picture).enhance(0.5))),
    NamedChange("tone", "blurred", _plain(lambda picture: picture.filter(ImageFilter.GaussianBlur(picture.width / 300)))),
    NamedChange("tone", "negative", _plain(ImageOps.invert)),
    NamedChange("overlay", "banner", _banner),
    NamedChange("overlay", "logo", _logo),
    NamedChange("overlay", "large text", _meme),
    NamedChange("frame", "white border", _plain(lambda picture: ImageOps.expand(picture, picture.width // 8, "white"))),
    NamedChange("frame", "letterbox", _plain(lambda picture: ImageOps.expand(picture, (0, picture.height // 5), "black"))),
    NamedChange("frame", "screenshot", _on_screen),
    NamedChange("part of another", "collage of four", _collage),
    NamedChange("part of another", "pasted at 25 %", _pasted(0.25)),
    NamedChange("part of another", "pasted at 8 %", _pasted(0.08)),
    NamedChange("mixed", "mirrored crop", lambda picture, other: ImageOps.mirror(_crop(0.5, corner=True)(picture, other)), 50),
    NamedChange("mixed", "grey crop with banner", _grey_with_banner),
    NamedChange("mixed", "bordered and mirrored", _mirrored_in_black, 40),
)  # fmt: skip


def changed(change: NamedChange, picture: Image.Image, other: Image.Image) -> bytes:
    """Return the changed picture as JPEG."""
    stream = BytesIO()
    change.made(picture, other).convert("RGB").save(stream, "JPEG", quality=change.quality)
    return stream.getvalue()
