"""Two photos in one frame share everything but what they show; a copy with something laid over shows one photo."""

from __future__ import annotations

from itertools import combinations

import pytest
from PIL import Image, ImageDraw

from catalog.matching.verification import verify
from tests.conftest import SAMPLES
from tests.matching.conftest import Compare

PHOTOS = ("lighthouse.jpg", "street.jpg", "rose.jpg", "boat.jpg")


def desktop(photo: Image.Image) -> Image.Image:
    """Draw a desktop of 1200 x 800 with icons, a bar and the window of a program for photos, whose photo takes 760 x 520."""
    page = Image.new("RGB", (1200, 800), (58, 110, 165))
    draw = ImageDraw.Draw(page)
    for row in range(9):
        for left in (20, 90):
            draw.rectangle(
                (left, 20 + row * 80, left + 40, 60 + row * 80), fill=(240 - 20 * row, 200, 60 + 20 * row), outline="black"
            )
            draw.text((left - 6, 64 + row * 80), f"file {row}{left}", fill="white")
    draw.rectangle((0, 760, 1200, 800), fill=(30, 30, 36))
    for number in range(14):
        draw.rectangle((10 + number * 46, 766, 44 + number * 46, 794), fill=(200 - 9 * number, 90 + 10 * number, 120))
    draw.rectangle((180, 60, 1160, 730), fill=(236, 236, 236), outline="black")
    draw.rectangle((180, 60, 1160, 92), fill=(70, 70, 90))
    draw.text((200, 70), "photo viewer - browsing the archive of pictures", fill="white")
    for number in range(16):
        draw.text((200 + number * 58, 100), f"menu{number}", fill="black")
    draw.line((180, 122, 1160, 122), fill=(120, 120, 120))
    for number in range(22):
        draw.text((190, 140 + number * 26), f"folder number {number * 7}", fill=(40, 40, 40))
    page.paste(photo.resize((760, 520)), (350, 150))
    draw.text((360, 690), "1 of 342 items - zoom 100 % - sorted by date taken", fill="black")
    return page


def test_the_window_of_one_program_makes_two_photos_no_copies(comparable: Compare) -> None:
    screens = []
    for name in PHOTOS:
        with Image.open(SAMPLES / "photos" / name) as photo:
            screens.append(comparable(desktop(photo.convert("RGB"))))
    states = {verify(one, other)[0].state for one, other in combinations(screens, 2)}
    assert "accepted" not in states


def opened(name: str) -> Image.Image:
    with Image.open(SAMPLES / "photos" / name) as photo:
        return photo.convert("RGB").resize((900, 600))


@pytest.mark.parametrize("turn", [0, 12])
def test_two_photos_on_one_photographed_wall_are_no_copies(comparable: Compare, turn: int) -> None:
    walls = []
    for name in PHOTOS[1:]:
        wall, print_ = opened(PHOTOS[0]), opened(name).resize((420, 300)).convert("RGBA").rotate(turn, expand=True)
        wall.paste(print_, (220, 110), print_)
        walls.append(comparable(wall))
    states = {verify(one, other)[0].state for one, other in combinations(walls, 2)}
    assert "accepted" not in states


@pytest.mark.parametrize("name", ["lighthouse.jpg", "street.jpg", "boat.jpg", "towers.jpg"])
def test_a_copy_under_a_large_sticker_is_accepted(comparable: Compare, name: str) -> None:
    photo = opened(name)
    covered = photo.resize((720, 480))
    draw = ImageDraw.Draw(covered)
    draw.ellipse((220, 60, 560, 400), fill=(255, 205, 30), outline=(180, 120, 0), width=6)
    draw.ellipse((300, 150, 340, 210), fill=(60, 30, 0))
    draw.ellipse((440, 150, 480, 210), fill=(60, 30, 0))
    assert verify(comparable(covered), comparable(photo))[0].state == "accepted"


def test_a_screen_is_found_in_a_smaller_copy_of_itself(comparable: Compare) -> None:
    with Image.open(SAMPLES / "photos" / PHOTOS[0]) as photo:
        screen = desktop(photo.convert("RGB"))
    found = verify(comparable(screen), comparable(screen.resize((600, 400))))[0]
    assert (found.relation, found.state) == ("copy", "accepted")
