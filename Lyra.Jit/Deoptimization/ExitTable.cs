using System;
using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Deoptimization;

/// <summary>Where the value of a register comes from when a region is left.</summary>
internal enum ExitSource : byte
{
    /// <summary>The same at every exit: <see cref="ExitSlot.Constant"/>.</summary>
    Constant,

    /// <summary><see cref="ExitBuffers.Ints"/>, boxed as an int.</summary>
    Int,

    /// <summary><see cref="ExitBuffers.Floats"/>.</summary>
    Float,

    /// <summary><see cref="ExitBuffers.Ints"/>, boxed as a bool.</summary>
    Bool,

    /// <summary>The str of the code unit in <see cref="ExitBuffers.Ints"/>.</summary>
    Unit,

    /// <summary><see cref="ExitBuffers.Objects"/>.</summary>
    Object,

    /// <summary>The reference from <see cref="ExitBuffers.Objects"/> and the bits from <see cref="ExitBuffers.Ints"/>, each at the same index.</summary>
    Any,
}

/// <summary>A register and where its value comes from.</summary>
/// <param name="Register">The register of its frame.</param>
/// <param name="Source">Which buffer.</param>
/// <param name="Index">Where in the buffer.</param>
/// <param name="Constant">The value, when it is a constant.</param>
internal readonly record struct ExitSlot(int Register, ExitSource Source, int Index, Value Constant);

/// <summary>What an object is that an exit makes.</summary>
internal enum ExitObjectKind : byte
{
    Struct,
    Tuple,
    Closure,
    Upvalue,
}

/// <summary>An object that compiled code did without, as an exit makes it; in the state's list behind those that are its parts.</summary>
internal sealed class ExitObject
{
    public required ExitObjectKind Kind { get; init; }

    /// <summary>Where it goes: its place in <see cref="ExitBuffers.Objects"/>, where the slots that hold it find it.</summary>
    public required int Index { get; init; }

    /// <summary>The <see cref="Runtime.Objects.Shape"/> or <see cref="LinkedPrototype"/>; null for a tuple or captured variable.</summary>
    public required object? Payload { get; init; }

    /// <summary>A value that is the object itself if it exists already, or nil (the register numbers of this and the parts mean nothing).</summary>
    public required ExitSlot Existing { get; init; }

    /// <summary>Fields, items, captures, or the one variable.</summary>
    public required ExitSlot[] Parts { get; init; }
}

/// <summary>One frame as an exit restores it; see <see cref="Ir.SnapshotFrame"/> for positions.</summary>
internal sealed class ExitFrame
{
    public required LinkedPrototype Code { get; init; }

    public required int Pc { get; init; }

    public required int Base { get; init; }

    public required int ReturnSlot { get; init; }

    public required bool DropsResult { get; init; }

    /// <summary>The closure, or the generator whose frame it is (the register number means nothing); null in the root frame of a loop.</summary>
    public required ExitSlot? Closure { get; init; }

    public required ExitSlot[] Slots { get; init; }
}

/// <summary>A snapshot as data: the frames from the root inwards.</summary>
/// <param name="frames">The frames.</param>
/// <param name="callee">Where the frames of a callee go that was left early; null when none is being called.</param>
/// <param name="objects">The objects to make.</param>
internal sealed class ExitState(ExitFrame[] frames, Ir.SnapshotCallee? callee = null, ExitObject[]? objects = null)
{
    public readonly ExitFrame[] Frames = frames;

    /// <summary>The objects to make before the frames are written, parts before wholes.</summary>
    public readonly ExitObject[] Objects = objects ?? [];

    public readonly Ir.SnapshotCallee? Callee = callee;

    /// <summary>Times that the interpreter executed the instruction here for the region.</summary>
    public long Interpretations;

    /// <summary>Where compiled code goes on after an error of an instruction that is executed there; null when nowhere.</summary>
    public Ir.HandlerTarget? Handler { get; set; }

    /// <summary>Whether it is the state of a call that goes to a delegate of the host directly, so that what is thrown is the host's.</summary>
    public bool IsDirectCall { get; set; }

    /// <summary>So many of <see cref="ExitBuffers.Objects"/> hold its objects, from the first on.</summary>
    public readonly int ObjectCount = CountObjects(frames, objects ?? []);

    private static int CountObjects(ExitFrame[] frames, ExitObject[] objects)
    {
        int count = 0;
        foreach (ExitObject o in objects)
        {
            count = Math.Max(Math.Max(count, o.Index + 1), EndOf(o.Existing));
            foreach (ExitSlot part in o.Parts)
            {
                count = Math.Max(count, EndOf(part));
            }
        }

        foreach (ExitFrame frame in frames)
        {
            count = Math.Max(count, frame.Closure is { } closure ? EndOf(closure) : 0);
            foreach (ExitSlot slot in frame.Slots)
            {
                count = Math.Max(count, EndOf(slot));
            }
        }

        return count;
    }

    private static int EndOf(in ExitSlot slot) => slot.Source is ExitSource.Object or ExitSource.Any ? slot.Index + 1 : 0;
}

/// <summary>A guard of an emitted region: where it leads, what it stands for in the script, and how often it was taken.</summary>
/// <param name="State">Index into the region's exit states.</param>
/// <param name="Description">The operation, for people: <c>UnboxInt</c>.</param>
/// <param name="Code">The proc of the innermost frame.</param>
/// <param name="Pc">The instruction it re-executes.</param>
internal sealed record RegionGuard(int State, string Description, LinkedPrototype Code, int Pc)
{
    /// <summary>Whether it fails when the budget is spent, as a matter of course.</summary>
    public bool IsLimit { get; init; }

    /// <summary>Of a bet: what was recorded of the instructions that it is about, where its loss is noted; see <see cref="Ir.IrOp.GuardBet"/>. Else empty.</summary>
    public InstructionProfile[] Bets { get; init; } = [];

    /// <summary>Times the region was left here.</summary>
    public long Exits;

    /// <summary>Exits by what they cost: one that takes many frames with it counts more.</summary>
    public long Weight;

    /// <summary>The weight of exits at which a recording from here is worth the next try; grows with each.</summary>
    public long NextRecording;
}
