"""Build and photograph the boxes, cards and letters of Fern & Kettle."""

from __future__ import annotations

import math
import random
import sys
from pathlib import Path

import bpy
from photograph import photograph, sky
from props import PRINTS, D, H, W, bag, closed_box, cup, open_box, paper, table, tin
from scenery import block, lamp, lathe, material, sheet, shreds, start

MEDIA = Path(__file__).resolve().parent.parent


def dented_box() -> None:
    """The box as it reached a customer: on the step, in the rain."""
    start()
    slab = material("slab", (0.20, 0.205, 0.21), 0.16, bump=0.25, grain=2.2, mottle=0.35)
    sheet(40, 40, slab)
    stone = material("stone", (0.33, 0.32, 0.30), 0.35, bump=0.3, grain=5, mottle=0.2)
    block((11, 3.4, 0.8), (0.5, 4.4, 0.4), stone, 0.08)
    door = material("door", (0.018, 0.075, 0.052), 0.28)
    block((8, 0.3, 14), (0.5, 6.0, 7.8), door)
    for x in (-1.45, 2.45):
        block((2.9, 0.16, 4.2), (x, 5.84, 3.6), door, 0.12)
        block((2.2, 0.16, 3.5), (x, 5.74, 3.6), door, 0.14)
    block((8, 0.1, 0.75), (0.5, 5.82, 1.25), material("brass", (0.72, 0.5, 0.2), 0.25, 1))
    white = material("frame", (0.62, 0.60, 0.55), 0.45)
    for x in (-4.0, 5.0):
        block((1.0, 1.0, 14), (x, 5.9, 7), white, 0.08)
    brick = material("brick", (0.26, 0.09, 0.055), 0.75, bump=0.5, grain=6, mottle=0.4)
    mortar = material("mortar", (0.30, 0.27, 0.23), 0.9, bump=0.4, grain=9, mottle=0.2)
    block((40, 0.3, 14), (0.5, 6.06, 7), mortar, 0)
    for row in range(12):
        for column in range(9):
            for start_x in (-4.7, 5.7):
                x = start_x + math.copysign(1.15 * column + 0.55 * (row % 2), start_x)
                block((1.08, 0.5, 0.5), (x, 5.9, 0.25 + 0.57 * row), brick, 0.03)
    mat = material("mat", (0.075, 0.05, 0.03), 1, bump=1, grain=30, mottle=0.5)
    block((5, 2.2, 0.16), (0.5, 4.4, 0.88), mat, 0.03)
    box = closed_box()
    box.rotation_euler = (0, 0, math.radians(24))
    box.location = (-0.1, 0.2, 0)
    label = sheet(1.5, 1.0, material("label", (1, 1, 1), 0.4, image=PRINTS / "label.png"), 4)
    label.parent = box
    label.location, label.rotation_euler = (0.95, -0.85, H + 0.008), (0, 0, 0.06)
    water = material("water", (0.9, 0.95, 1), 0.02)
    water.node_tree.nodes["Principled BSDF"].inputs["Transmission Weight"].default_value = 1
    for _ in range(110):
        x, y = random.uniform(-0.4, 1.9), random.uniform(-1.3, 1.4)
        r = random.choice((0.018, 0.026, 0.04))
        bpy.ops.mesh.primitive_uv_sphere_add(radius=r, segments=12, ring_count=8)
        drop = bpy.context.object
        drop.scale, drop.location, drop.parent = (1, 1, 0.5), (x, y, H + r * 0.2), box
        drop.data.materials.append(water)
    sky((0.55, 0.66, 0.80), 0.55)
    lamp((-7, -8, 9), (0, 0, 1), 900, 6, (0.85, 0.92, 1))
    lamp((3.8, 4.6, 8), (0.5, 2.5, 0), 420, 0.8, (1, 0.66, 0.33))
    photograph(
        MEDIA / "arrives/doorstep/experience/dented-box.png",
        (-2.2, -10.5, 5.2),
        (0.25, 0.8, 1.35),
        46,
        2.8,
    )


def box_just_opened() -> None:
    """The box as it should be: tins, coffee and a card in paper shreds."""
    start()
    table()
    open_box()
    shreds(material("shreds", (0.62, 0.44, 0.24), 0.8), 1500, (W - 0.25, D - 0.25), 0.7, 1.05)
    tin((-1.3, 0.55, 0.75), "tin-a.png", -2.3)
    tin((-0.03, 0.6, 0.7), "tin-b.png", -2.3)
    bag((1.27, 0.0, 0.5), (-0.4, 0.0, 0.04))
    card = paper("brew.png", 1.9, 1.31, (-0.85, -0.8, 1.42), 0.12)
    card.rotation_euler = (0.5, 0.05, 0.12)
    photograph(
        MEDIA / "arrives/unpack/experience/box-just-opened.png",
        (-0.7, -4.9, 9.4),
        (0.05, -0.35, 1.0),
        49,
        4,
    )


def no_teapot() -> None:
    """The welcome box with an empty place where the teapot should be."""
    start()
    table()
    open_box()
    grey = material("insert", (0.50, 0.33, 0.17), 0.9, bump=0.15, grain=12, mottle=0.08)
    block((W - 0.12, D - 0.12, 0.3), (0, 0, 0.5), grey, 0.02)
    rim = [(0.94, 0.655), (0.98, 0.70), (1.04, 0.72), (1.10, 0.70), (1.14, 0.655)]
    lathe(rim, grey, (0.8, 0.1, 0))
    lathe([(0, 0.66), (0.94, 0.66)], material("hole", (0.075, 0.04, 0.018), 1), (0.8, 0.1, 0))
    tin((-1.2, 0.7, 0.62), "tin-a.png", -2.4)
    tin((-1.2, -0.7, 0.62), "tin-b.png", -2.2)
    slip = paper("slip.png", 2.2, 2.83, (4.62, -1.1, 0.02), -0.12)
    slip.location.z = 0.03
    photograph(
        MEDIA / "arrives/something-missing/experience/no-teapot.png",
        (1.0, -3.4, 11.6),
        (1.15, -0.3, 0.4),
        42,
        5.6,
    )


def missed_you() -> None:
    """The carrier's card on the doormat, as it fell through the letterbox."""
    start()
    tiles = (
        material("dark", (0.035, 0.04, 0.045), 0.25),
        material("pale", (0.56, 0.53, 0.47), 0.3),
    )
    for x in range(-5, 6):
        for y in range(-4, 7):
            block((1.96, 1.96, 0.2), (x * 2, y * 2, -0.1), tiles[(x + y) % 2], 0.03, 0)
    coir = material("coir", (0.30, 0.19, 0.085), 1, bump=1, grain=26, mottle=0.35)
    block((9, 5.4, 0.22), (0, 0.4, 0.11), coir, 0.05)
    shreds(material("fibre", (0.36, 0.235, 0.11), 1), 9000, (8.9, 5.3), 0.14, 0.18, wide=0.012)
    for thing in bpy.data.objects:
        if thing.name == "shreds":
            thing.location = (0, 0.4, 0)
    card = paper("missed.png", 4.4, 3.1, (0.1, 0.2, 0.42), -0.13)
    card.rotation_euler = (0.03, -0.02, -0.13)
    sky((0.9, 0.93, 1), 0.4)
    lamp((5, 9, 9), (0, 0, 0), 1300, 2.2, (1, 0.93, 0.82))
    lamp((-7, -5, 8), (0, 0, 0), 260, 6, (0.8, 0.88, 1))
    photograph(
        MEDIA / "arrives/doorstep/experience/missed-you-card.png",
        (0.0, -4.3, 7.2),
        (0.1, 0.15, 0.2),
        52,
        5.6,
    )


def apology() -> None:
    """The letter that a computer signed, beside a cup of tea."""
    start()
    table()
    paper("letter.png", 5.2, 7.36, (-0.3, 0.1, 0.03), 0.05)
    cup((4.2, 1.9, 0), -0.9)
    photograph(
        MEDIA / "arrives/something-missing/experience/apology-letter.png",
        (0.9, -2.6, 15.2),
        (0.9, -0.05, 0),
        53,
        8,
        (1500, 1125),
    )


def welcome_card() -> None:
    """A hand-written card and the cup it is about."""
    start()
    table()
    card = paper("brew.png", 3.6, 2.48, (-1.0, -0.3, 0.05), 0.14)
    card.location.z = 0.04
    cup((2.2, 0.9, 0), -0.7)
    tin((0.55, 2.6, 0), "tin-a.png", -2.35)
    photograph(
        MEDIA / "use/first-cup/experience/hand-written-card.png",
        (-0.1, -6.4, 6.6),
        (0.05, 0.35, 0.3),
        46,
        4,
    )


SCENES = (dented_box, box_just_opened, no_teapot, missed_you, apology, welcome_card)


def main(names: list[str]) -> None:
    """Make every picture, or only the named ones."""
    for scene in SCENES:
        if not names or scene.__name__ in names:
            scene()


if __name__ == "__main__":
    main(sys.argv[1:])
