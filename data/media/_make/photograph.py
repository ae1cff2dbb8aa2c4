"""The camera: sky, lens, and the rendering of one scene into a small PNG."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import bpy
from chromium import small_png
from mathutils import Vector

Point = tuple[float, float, float]


def sky(colour: tuple[float, float, float], strength: float) -> None:
    """Light the scene from all around."""
    world = bpy.data.worlds.new("sky")
    bpy.context.scene.world = world
    world.use_nodes = True
    light: Any = world.node_tree.nodes["Background"]
    light.inputs["Color"].default_value = (*colour, 1)
    light.inputs["Strength"].default_value = strength


def photograph(
    target: Path,
    at: Point,
    aim: Point,
    lens: float = 50,
    blur: float = 0.0,
    size: tuple[int, int] = (1600, 1000),
) -> None:
    """Render the scene from one point; DRAFT=1 makes a quick small one."""
    draft = bool(os.environ.get("DRAFT"))
    scene = bpy.context.scene
    camera = bpy.data.cameras.new("camera")
    camera.lens = lens
    camera.dof.use_dof = blur > 0
    camera.dof.aperture_fstop = blur or 8
    camera.dof.focus_distance = (Vector(aim) - Vector(at)).length
    thing = bpy.data.objects.new("camera", camera)
    thing.location = at
    thing.rotation_euler = (Vector(aim) - Vector(at)).to_track_quat("-Z", "Y").to_euler()
    scene.collection.objects.link(thing)
    scene.camera = thing
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 12 if draft else int(os.environ.get("SAMPLES", "40"))
    scene.cycles.use_denoising = True
    scene.cycles.max_bounces = 5
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.render.resolution_percentage = 32 if draft else 100
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = "AgX - Medium High Contrast"
    scene.view_settings.exposure = 0.35
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.png"
        scene.render.filepath = str(raw)
        bpy.ops.render.render(write_still=True)
        small_png(raw.read_bytes(), target, soft=True)
    print(f"{target.stat().st_size // 1024:5d} kB  {target.name}", flush=True)
