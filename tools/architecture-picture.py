#!/usr/bin/env python3
"""Writes docs/architecture.svg: the assemblies, their folders, and the path of a hot loop through them.

The script ends with an error if a folder of a library has no box, or a box has no folder.
"""
import os, sys
from xml.sax.saxutils import escape

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
OUTPUT = os.path.join(ROOT, "docs", "architecture.svg")
WIDTH, HEIGHT = 1200, 1052
COLOURS = {"Lyra.Interpreter": ("#eef4ff", "#3b6fb5"), "Lyra.Jit": ("#fff4e6", "#b5762b"), "Lyra.Runtime": ("#eefaf0", "#3d8a52")}

# Assembly: x, y, width, height, note.
ASSEMBLIES = {
    "Lyra.Interpreter": (20, 20, 430, 690, "front end, interpreter, API"),
    "Lyra.Jit": (600, 20, 580, 690, "compiler of hot code"),
    "Lyra.Runtime": (20, 760, 1160, 272, "semantics that both tiers share"),
}

# Assembly/folder: x, y, width, height, lines.
FOLDERS = {
    "Lyra.Interpreter/Hosting": (50, 75, 205, 70, ["LyraEngine, LyraScript,", "LyraOptions"]),
    "Lyra.Interpreter/Telemetry": (285, 75, 135, 52, ["events, meter"]),
    "Lyra.Interpreter/Profiling": (285, 134, 135, 52, ["LyraProfile"]),
    "Lyra.Interpreter/Syntax": (50, 200, 205, 85, ["Lexer: text to tokens", "Parser: tokens to a tree"]),
    "Lyra.Interpreter/Diagnostics": (275, 200, 145, 40, []),
    "Lyra.Interpreter/Library": (275, 245, 145, 40, []),
    "Lyra.Interpreter/Compilation": (50, 340, 370, 85, ["Resolution, Emission: tree to bytecode", "Passes: the bytecode optimizer"]),
    "Lyra.Interpreter/Execution": (50, 480, 370, 200, [
        "the interpreter loop, frames, calls,", "unwinding, limits, event loop", "", "counts heat at back-edges and calls",
        "executes traps for the recorder", "continues after exits"]),
    "Lyra.Jit/Tiering": (635, 75, 240, 95, ["TierController: decides when to", "record, compile, enter, wait", "CompileQueue: background"]),
    "Lyra.Jit/Recording": (920, 75, 240, 95, ["Recorder: observes iterations", "TrapSet: traps in the bytecode"]),
    "Lyra.Jit/Profiles": (920, 215, 240, 75, ["RegionProfile: kinds, shapes,", "callees, branches"]),
    "Lyra.Jit/Building": (920, 340, 240, 75, ["bytecode and profile to IR,", "callees inlined"]),
    "Lyra.Jit/Ir": (635, 215, 240, 75, ["IrGraph, Snapshot", "IrOp: the operations"]),
    "Lyra.Jit/Passes": (635, 340, 240, 75, ["PassList: fold, forward,", "hoist, sink, eliminate"]),
    "Lyra.Jit/Emission": (635, 470, 240, 75, ["IR to IL to machine code", "(IL of a DynamicMethod)"]),
    "Lyra.Jit/Helpers": (920, 470, 240, 75, ["C# methods that", "emitted code calls"]),
    "Lyra.Jit/HostCode": (920, 550, 240, 45, []),
    "Lyra.Jit/Regions": (635, 600, 240, 95, ["Region: compiled code", "RegionRuntime: enters it", "Deoptimizer: builds frames"]),
    "Lyra.Jit/Inspection": (920, 600, 240, 95, ["descriptions for lyra trace", "and lyra tiercheck"]),
}
RUNTIME = {
    "Values": "Value, ScriptObject", "Bytecode": "Opcode, Prototype", "Errors": "LyraException", "Objects": "ListObject, Shape",
    "Execution": "ScriptContext", "Semantics": "Arithmetic, Equality", "Library": "builtins, modules",
    "Caches": "HashInlineCache", "Memory": "SlabPool", "Disassembly": "Disassembler", "Verification": "BytecodeVerifier",
    "Operators": "OperatorInfo", "Kinds": "KindInfo", "Passes": "PassPlan", "Storage": "ModuleReader", "Hosting": "LyraValue", "HostTypes": "LyraTypeBuilder", "Profiling": "ProfileProbe",
}

# Number, text, x, y of the text, points of the arrow.
ARROWS = [
    ("1", "text", (245, 177), [(235, 145), (235, 200)]),
    ("2", "tree", (245, 317), [(235, 285), (235, 340)]),
    ("3", "bytecode", (245, 457), [(235, 425), (235, 480)]),
    ("4", "hot", (537, 330), [(420, 520), (525, 520), (525, 122), (635, 122)]),
    ("5", "", (890, 112), [(875, 122), (920, 122)]),
    ("6", "observations", (1050, 197), [(1040, 170), (1040, 215)]),
    ("7", "profile", (1050, 320), [(1040, 290), (1040, 340)]),
    ("8", "IR", (885, 367), [(920, 377), (875, 377)]),
    ("9", "IR", (765, 447), [(755, 415), (755, 470)]),
    ("10", "machine code", (765, 577), [(755, 545), (755, 600)]),
    ("11", "entry", (480, 612), [(420, 620), (635, 620)]),
    ("12", "exit", (480, 677), [(635, 660), (420, 660)]),
]


def text(x, y, value, size=13, weight="normal", fill="#222"):
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">{escape(value)}</text>'


def box(x, y, width, height, fill, stroke, thickness=1.2):
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" fill="{fill}" stroke="{stroke}" stroke-width="{thickness}"/>'


def assembly(name):
    x, y, width, height, note = ASSEMBLIES[name]
    fill, stroke = COLOURS[name]
    title = text(x + 15, y + 27, name, 17, "bold", stroke)
    return [box(x, y, width, height, fill, stroke, 2), title, text(x + 30 + 10.5 * len(name), y + 27, note)]


def folder(name):
    x, y, width, height, lines = FOLDERS[name]
    library, short = name.split("/")
    stroke = COLOURS[library][1]
    return [box(x, y, width, height, "#fff", stroke), text(x + 12, y + 22, short, 14, "bold")] + [
        text(x + 12, y + 43 + 19 * i, line) for i, line in enumerate(lines)]


def runtime():
    x, y, _, _, _ = ASSEMBLIES["Lyra.Runtime"]
    parts = []
    for i, (short, note) in enumerate(RUNTIME.items()):
        left, top = x + 20 + 161 * (i % 7), y + 48 + 72 * (i // 7)
        parts += [box(left, top, 150, 58, "#fff", COLOURS["Lyra.Runtime"][1]), text(left + 12, top + 22, short, 14, "bold"),
                  text(left + 12, top + 43, note)]
    return parts


def arrow(number, label, at, points):
    path = " ".join(f"{x},{y}" for x, y in points)
    return [f'<polyline points="{path}" fill="none" stroke="#444" stroke-width="1.8" marker-end="url(#head)"/>',
            text(at[0], at[1], f"{number} {label}".strip(), 13, "bold", "#a01c1c")]


def reference(x, top):
    """An arrow of the allowed references, from an assembly down to Lyra.Runtime."""
    return [f'<line x1="{x}" y1="{top}" x2="{x}" y2="760" stroke="#999" stroke-width="1.5" stroke-dasharray="5,4" '
            'marker-end="url(#head)"/>',
            text(x + 10, top + 30, "may reference", 12, "normal", "#666")]


def check_folders():
    drawn = {name for name in FOLDERS} | {f"Lyra.Runtime/{name}" for name in RUNTIME}
    present = {f"{library}/{entry}" for library in ASSEMBLIES for entry in os.listdir(os.path.join(ROOT, library))
               if os.path.isdir(os.path.join(ROOT, library, entry)) and entry not in ("bin", "obj")}
    if drawn != present:
        sys.exit(f"missing boxes: {sorted(present - drawn)}; boxes without a folder: {sorted(drawn - present)}")


def main():
    check_folders()
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
             'font-family="Helvetica, Arial, \'DejaVu Sans\', sans-serif">',
             '<title>The assemblies of Lyra, their folders, and the path of a hot loop</title>',
             '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
             '<path d="M0,0 L10,5 L0,10 z" fill="#444"/></marker></defs>',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    for name in ASSEMBLIES:
        parts += assembly(name)
    for name in FOLDERS:
        parts += folder(name)
    parts += runtime()
    for row in ARROWS:
        parts += arrow(*row)
    parts += reference(235, 710) + reference(890, 710)
    parts += [f'<line x1="450" y1="48" x2="600" y2="48" stroke="#999" stroke-width="1.5" stroke-dasharray="5,4" marker-end="url(#head)"/>',
              text(482, 40, "may reference", 12, "normal", "#666")]
    with open(OUTPUT, "w") as f:
        f.write("\n".join(parts + ["</svg>"]) + "\n")


if __name__ == "__main__":
    main()
