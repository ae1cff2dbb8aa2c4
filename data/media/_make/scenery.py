"""Materials, shapes, light and camera for the pictures that Blender renders.

One unit is ten centimetres.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import bpy
from mathutils import Vector, noise

Point = tuple[float, float, float]
Colour = tuple[float, float, float]


def start() -> None:
    """Begin with an empty scene."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    random.seed(7)


def material(
    name: str,
    colour: Colour,
    rough: float = 0.6,
    metal: float = 0.0,
    bump: float = 0.0,
    grain: float = 40.0,
    mottle: float = 0.0,
    image: Path | None = None,
) -> Any:
    """Make a material: plain, mottled by noise, or showing an image."""
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    nodes, links = made.node_tree.nodes, made.node_tree.links
    shader = nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = (*colour, 1)
    shader.inputs["Roughness"].default_value = rough
    shader.inputs["Metallic"].default_value = metal
    where = nodes.new("ShaderNodeTexCoord")
    speckle = nodes.new("ShaderNodeTexNoise")
    speckle.inputs["Scale"].default_value = grain
    speckle.inputs["Detail"].default_value = 6
    links.new(where.outputs["Object"], speckle.inputs["Vector"])
    if image:
        picture = nodes.new("ShaderNodeTexImage")
        picture.image = bpy.data.images.load(str(image))
        picture.extension = "EXTEND"
        links.new(picture.outputs["Color"], shader.inputs["Base Color"])
    elif mottle:
        ramp = nodes.new("ShaderNodeValToRGB")
        for stop, factor in zip(ramp.color_ramp.elements, (1 - mottle, 1 + mottle), strict=True):
            stop.color = (*(min(1, part * factor) for part in colour), 1)
        ramp.color_ramp.elements[0].position = 0.3
        ramp.color_ramp.elements[1].position = 0.7
        links.new(speckle.outputs["Fac"], ramp.inputs["Fac"])
        links.new(ramp.outputs["Color"], shader.inputs["Base Color"])
    if bump:
        relief = nodes.new("ShaderNodeBump")
        relief.inputs["Strength"].default_value = bump
        relief.inputs["Distance"].default_value = 0.05
        links.new(speckle.outputs["Fac"], relief.inputs["Height"])
        links.new(relief.outputs["Normal"], shader.inputs["Normal"])
    return made


def stain(made: Any, centre: Point, radius: float, dark: float = 0.35) -> None:
    """Darken a material around a point, with a ragged edge, as water does."""
    nodes, links = made.node_tree.nodes, made.node_tree.links
    shader = nodes["Principled BSDF"]
    source = shader.inputs["Base Color"].links[0].from_socket
    where = nodes.new("ShaderNodeTexCoord")
    ragged = nodes.new("ShaderNodeTexNoise")
    ragged.inputs["Scale"].default_value = 1.6
    ragged.inputs["Detail"].default_value = 5
    away = nodes.new("ShaderNodeVectorMath")
    away.operation = "DISTANCE"
    away.inputs[1].default_value = centre
    add = nodes.new("ShaderNodeMath")
    add.operation = "MULTIPLY_ADD"
    add.inputs[1].default_value = -1.9
    ramp = nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].position = radius / 6 - 0.02
    ramp.color_ramp.elements[0].color = (dark, dark, dark * 1.05, 1)
    ramp.color_ramp.elements[1].position = radius / 6 + 0.03
    divide = nodes.new("ShaderNodeMath")
    divide.operation = "DIVIDE"
    divide.inputs[1].default_value = 6
    multiply = nodes.new("ShaderNodeMixRGB")
    multiply.blend_type = "MULTIPLY"
    multiply.inputs["Fac"].default_value = 1
    links.new(where.outputs["Object"], away.inputs[0])
    links.new(where.outputs["Object"], ragged.inputs["Vector"])
    links.new(ragged.outputs["Fac"], add.inputs[0])
    links.new(away.outputs["Value"], add.inputs[2])
    links.new(add.outputs["Value"], divide.inputs[0])
    links.new(divide.outputs["Value"], ramp.inputs["Fac"])
    links.new(source, multiply.inputs["Color1"])
    links.new(ramp.outputs["Color"], multiply.inputs["Color2"])
    links.new(multiply.outputs["Color"], shader.inputs["Base Color"])
    links.new(ramp.outputs["Color"], shader.inputs["Roughness"])


def add_mesh(name: str, points: Sequence[Any], faces: Sequence[Any], materials: Sequence[Any]) -> Any:
    """Put a mesh into the scene."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata([tuple(point) for point in points], [], [tuple(face) for face in faces])
    for one in materials:
        mesh.materials.append(one)
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def sheet(
    width: float,
    depth: float,
    made: Any,
    cells: int = 40,
    height: Callable[[float, float], float] = lambda x, y: 0.0,
) -> Any:
    """Make a flat or wavy sheet in the x-y plane, with its image upright."""
    steps = [number / cells - 0.5 for number in range(cells + 1)]
    points = [(x * width, y * depth, height(x * width, y * depth)) for y in steps for x in steps]
    row = cells + 1
    faces = [(a, a + 1, a + 1 + row, a + row) for a in (y * row + x for y in range(cells) for x in range(cells))]
    thing = add_mesh("sheet", points, faces, [made])
    layer = thing.data.uv_layers.new()
    for loop in thing.data.loops:
        x, y, _ = thing.data.vertices[loop.vertex_index].co
        layer.data[loop.index].uv = (x / width + 0.5, y / depth + 0.5)
    thing.data.shade_smooth()
    return thing


def block(size: Point, at: Point, made: Any, round_by: float = 0.03, turn: float = 0.0) -> Any:
    """Make a block with rounded edges."""
    bpy.ops.mesh.primitive_cube_add(size=1, location=at, rotation=(0, 0, turn))
    thing = bpy.context.object
    thing.scale = size
    bpy.ops.object.transform_apply(location=False, rotation=False, scale=True)
    thing.data.materials.append(made)
    if round_by:
        edge = thing.modifiers.new("edge", "BEVEL")
        edge.width, edge.segments = round_by, 3
    return thing


def lathe(profile: Sequence[tuple[float, float]], made: Any, at: Point, around: int = 96) -> Any:
    """Turn a profile of (radius, height) round the z axis, with its image on the outside."""
    points, faces = [], []
    for step in range(around + 1):
        angle = 2 * math.pi * step / around
        points += [(r * math.cos(angle), r * math.sin(angle), z) for r, z in profile]
    count = len(profile)
    for step in range(around):
        for k in range(count - 1):
            a = step * count + k
            faces.append((a, a + count, a + count + 1, a + 1))
    thing = add_mesh("turned", points, faces, [made])
    low, high = min(z for _, z in profile), max(z for _, z in profile)
    layer = thing.data.uv_layers.new()
    for loop in thing.data.loops:
        step, k = divmod(loop.vertex_index, count)
        layer.data[loop.index].uv = (step / around, (profile[k][1] - low) / (high - low or 1))
    thing.data.shade_smooth()
    thing.location = at
    return thing


def shreds(
    made: Any,
    count: int,
    spread: tuple[float, float],
    low: float,
    high: float,
    wide: float = 0.035,
) -> None:
    """Scatter curly strips of paper over a rectangle."""
    curve = bpy.data.curves.new("shreds", "CURVE")
    curve.dimensions, curve.extrude = "3D", wide
    for _ in range(count):
        x, y = (random.uniform(-0.5, 0.5) * side for side in spread)
        strip = curve.splines.new("NURBS")
        strip.points.add(5)
        heading, z = random.uniform(0, 6.3), random.uniform(low, high)
        for point in strip.points:
            point.co = (x, y, z, 1)
            point.tilt = random.uniform(-2, 2)
            heading += random.uniform(-0.9, 0.9)
            x = min(max(x + 0.22 * math.cos(heading), -spread[0] / 2), spread[0] / 2)
            y = min(max(y + 0.22 * math.sin(heading), -spread[1] / 2), spread[1] / 2)
            z = min(max(z + random.uniform(-0.1, 0.1), low - 0.1), high + 0.1)
        strip.use_endpoint_u = True
    curve.materials.append(made)
    bpy.context.scene.collection.objects.link(bpy.data.objects.new("shreds", curve))


def crumple(x: float, y: float, size: float, scale: float) -> float:
    """Height of crumpled paper at a place."""
    return size * (noise.noise(Vector((x * scale, y * scale, 3.1)))) + 0.4 * size * abs(
        noise.noise(Vector((x * scale * 2.7, y * scale * 2.7, 8.7)))
    )


def lamp(at: Point, aim: Point, power: float, size: float, colour: Colour = (1, 1, 1)) -> None:
    """Add a soft lamp."""
    light = bpy.data.lights.new("lamp", "AREA")
    light.energy, light.size, light.color = power, size, colour
    thing = bpy.data.objects.new("lamp", light)
    thing.location = at
    thing.rotation_euler = (Vector(aim) - Vector(at)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(thing)
