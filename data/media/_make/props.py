"""The things in the pictures: boxes, tins, a coffee bag, a cup, paper and a table."""

from __future__ import annotations

import math
import random
import tempfile
from pathlib import Path
from typing import Any

import bpy
from mathutils import Vector, noise
from photograph import sky
from scenery import add_mesh, block, crumple, lamp, lathe, material, sheet, stain

PRINTS = Path(tempfile.gettempdir()) / "fern-and-kettle"
KRAFT = (0.42, 0.25, 0.115)
W, D, H = 4.0, 3.0, 2.4


def closed_box() -> Any:
    """A taped box with one crushed corner and one wet corner; its foot is at z = 0."""
    bpy.ops.mesh.primitive_cube_add(size=1, location=(0, 0, 0))
    box = bpy.context.object
    bpy.ops.object.mode_set(mode="EDIT")
    bpy.ops.mesh.subdivide(number_cuts=63)
    bpy.ops.object.mode_set(mode="OBJECT")
    kraft = material("kraft", KRAFT, 0.85, bump=0.12, grain=9, mottle=0.08)
    front = material("front", KRAFT, 0.85, image=PRINTS / "side.png")
    tape = material("tape", (0.50, 0.30, 0.12), 0.15)
    for one in (kraft, front):
        stain(one, (W / 2, -D / 2, 0), 0.9)
    for one in (kraft, front, tape):
        box.data.materials.append(one)
    layer = box.data.uv_layers[0]
    for face in box.data.polygons:
        x, y, z = face.center
        if abs(face.normal.y) > 0.9 or abs(face.normal.x) > 0.9:
            face.material_index = 1 if face.normal.y < -0.9 else 0
            if abs(y) < 0.09 and z > 0.22:
                face.material_index = 2
            for loop in face.loop_indices:
                spot = box.data.vertices[box.data.loops[loop].vertex_index].co
                layer.data[loop].uv = (spot.x + 0.5, spot.z + 0.5)
        elif face.normal.z > 0.9 and abs(y) < 0.09:
            face.material_index = 2
    crushed = Vector((-W / 2, -D / 2, H))
    for vertex in box.data.vertices:
        x, y, z = vertex.co
        spot = Vector((x * W, y * D, (z + 0.5) * H))
        spot.x += 0.10 * (0.25 - y * y) * math.copysign(1, x) * (abs(x) > 0.49)
        spot.y += 0.14 * (0.25 - x * x) * math.copysign(1, y) * (abs(y) > 0.49)
        near = max(0.0, 1 - (spot - crushed).length / 1.6)
        rough = 0.32 - 0.95 * abs(noise.noise(spot * 1.7))
        push = near * (0.85 + rough)
        spot += Vector((0.55, 0.5, -0.85)) * push
        soggy = max(0.0, 1 - (spot - Vector((W / 2, -D / 2, 0))).length / 1.5)
        spot += Vector((0.10, -0.12, 0)) * soggy * (1 + noise.noise(spot * 3))
        vertex.co = spot
    box.data.shade_smooth()
    bend = box.modifiers.new("edges", "EDGE_SPLIT")
    bend.split_angle = math.radians(58)
    return box


def table() -> None:
    """A table of oiled oak boards, and daylight from a window."""
    for board in range(-7, 8):
        tone = random.uniform(0.8, 1.15)
        oak = material("oak", (0.33 * tone, 0.19 * tone, 0.095 * tone), 0.42, bump=0.1, mottle=0.22)
        speckle = oak.node_tree.nodes["Noise Texture"]
        stretch = oak.node_tree.nodes.new("ShaderNodeMapping")
        stretch.inputs["Scale"].default_value = (0.02, 0.32, 1)
        stretch.inputs["Location"].default_value = (random.random() * 9, random.random() * 9, 0)
        links = oak.node_tree.links
        links.new(speckle.inputs["Vector"].links[0].from_socket, stretch.inputs["Vector"])
        links.new(stretch.outputs["Vector"], speckle.inputs["Vector"])
        block((40, 1.96, 0.4), (0, board * 1.98, -0.2), oak, 0.025)
    sky((0.95, 0.93, 0.9), 0.35)
    lamp((-8, 6, 9), (0, 0, 0.5), 1300, 4, (1, 0.95, 0.86))
    lamp((8, -4, 8), (0, 0, 0.5), 160, 6, (0.8, 0.9, 1))


def open_box() -> None:
    """The walls and the four open flaps of a box."""
    kraft = material("kraft", KRAFT, 0.85, bump=0.1, grain=9, mottle=0.07)
    block((W, D, 0.06), (0, 0, 0.03), kraft, 0)
    for side in (-1, 1):
        block((0.07, D, H), (side * W / 2, 0, H / 2), kraft, 0.015)
        block((W, 0.07, H), (0, side * D / 2, H / 2), kraft, 0.015)
        for size, at, axis in (
            ((1.45, D - 0.1, 0.06), (side * W / 2, 0), 1),
            ((W - 0.1, 1.45, 0.06), (0, side * D / 2), 0),
        ):
            flap = block(size, (0, 0, 0), kraft, 0.015)
            shift = Vector((side * 0.74, 0, 0)) if axis else Vector((0, side * 0.74, 0))
            for vertex in flap.data.vertices:
                vertex.co += shift
            flap.location = (*at, H - 0.01)
            droop = math.radians(random.uniform(18, 34)) * side
            flap.rotation_euler = (0, droop, 0) if axis else (-droop, 0, 0)


def tin(at: tuple[float, float, float], print_name: str, turn: float) -> None:
    """A tea tin with a printed side and a brass lid."""
    side = material("tin", (1, 1, 1), 0.32, image=PRINTS / print_name)
    lid = material("lid", (0.78, 0.58, 0.30), 0.28, 1)
    body = lathe([(0.6, 0), (0.6, 1.3)], side, at)
    body.rotation_euler = (0, 0, turn)
    lathe([(0, 1.5), (0.5, 1.5), (0.56, 1.47), (0.62, 1.45), (0.62, 1.25), (0.6, 1.25)], lid, at)


def bag(at: tuple[float, float, float], tilt: tuple[float, float, float]) -> None:
    """A coffee bag with a pinched top."""
    points, faces, rows = [], [], 30
    for k in range(rows + 1):
        t = k / rows
        deep = 0.42 * (1 - max(0, t - 0.35) ** 1.5 / 0.65**1.5) + 0.015
        for step in range(41):
            angle = 2 * math.pi * step / 40
            cx, cy = math.cos(angle), math.sin(angle)
            fat = 0.75 + 0.01 * noise.noise(Vector((cx * 3, cy * 3, t * 6)))
            points.append(
                (
                    fat * math.copysign(abs(cx) ** 0.45, cx),
                    deep * math.copysign(abs(cy) ** 0.6, cy) + 0.03 * noise.noise(Vector((cx * 2, cy, t * 5))),
                    t * 2.3,
                )
            )
    faces = [(a, a + 1, a + 42, a + 41) for a in (k * 41 + s for k in range(rows) for s in range(40))]
    made = material("bag", (0.03, 0.035, 0.045), 0.38, bump=0.1, grain=3)
    thing = add_mesh("bag", points, faces, [made])
    thing.data.shade_smooth()
    thing.location, thing.rotation_euler = at, tilt
    thing.scale = (0.86, 0.86, 0.86)
    label = material("bag label", (1, 1, 1), 0.5, image=PRINTS / "bag.png")
    front = sheet(1.1, 1.1, label, 12, lambda x, y: -0.10 * x * x - 0.06 * max(0, y) ** 2)
    for loop, spot in zip(front.data.loops, front.data.uv_layers[0].data, strict=True):
        x, y, _ = front.data.vertices[loop.vertex_index].co
        spot.uv = (0.25 + x * 0.30, 0.5 + y * 0.60)
    front.parent = thing
    front.location, front.rotation_euler = (0, -0.49, 0.85), (math.radians(86), 0, 0)


def cup(at: tuple[float, float, float], turn: float) -> None:
    """A cup of tea on a saucer."""
    glaze = material("glaze", (0.70, 0.69, 0.62), 0.18)
    lathe([(0, 0.06), (0.9, 0.08), (1.15, 0.2), (1.17, 0.17), (0.9, 0.0), (0, 0)], glaze, at)
    outer = [(0.0, 0.1), (0.42, 0.1), (0.62, 0.3), (0.74, 0.62), (0.78, 0.95)]
    inner = [(0.74, 0.97), (0.69, 0.62), (0.56, 0.32), (0.0, 0.2)]
    lathe(outer + inner, glaze, at)
    tea = material("tea", (0.17, 0.036, 0.006), 0.04)
    lathe([(0, 0.8), (0.72, 0.8)], tea, at)
    bpy.ops.mesh.primitive_torus_add(major_radius=0.27, minor_radius=0.06, rotation=(math.pi / 2, 0, turn))
    handle = bpy.context.object
    handle.location = (at[0] + 0.88 * math.cos(turn), at[1] + 0.88 * math.sin(turn), at[2] + 0.6)
    handle.data.materials.append(glaze)
    handle.data.shade_smooth()


def paper(name: str, width: float, depth: float, at: tuple[float, float, float], turn: float) -> Any:
    """A printed sheet that does not lie quite flat."""
    made = material(name, (1, 1, 1), 0.7, image=PRINTS / name)
    thing = sheet(width, depth, made, 40, lambda x, y: 0.03 + crumple(x, y, 0.05, 0.5))
    thing.location, thing.rotation_euler = at, (0, 0, turn)
    thick = thing.modifiers.new("thick", "SOLIDIFY")
    thick.thickness = 0.015
    return thing
