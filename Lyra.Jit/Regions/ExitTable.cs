using System;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Regions;

/// <summary>The source of a register's value at an exit.</summary>
internal enum ExitSource : byte
{
    /// <summary>A constant: <see cref="ExitSlot.Constant"/>.</summary>
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

    /// <summary>The text of a builder in <see cref="ExitBuffers.Objects"/>.</summary>
    Text,

    /// <summary>
    /// The reference from <see cref="ExitBuffers.Objects"/> and the bits from <see cref="ExitBuffers.Ints"/>.
    /// </summary>
    Any,
}

/// <summary>A register and the source of its value.</summary>
/// <param name="Register">The register of its frame.</param>
/// <param name="Source">The kind of source.</param>
/// <param name="Index">The index in the exit buffer.</param>
/// <param name="Constant">The value, if it is a constant.</param>
/// <param name="BitsIndex">
/// Of <see cref="ExitSource.Any"/>: the index of the bits; <paramref name="Index"/> is that of the reference.
/// </param>
internal readonly record struct ExitSlot(int Register, ExitSource Source, int Index, Value Constant, int BitsIndex = 0);

/// <summary>The kind of an object that an exit creates.</summary>
internal enum ExitObjectKind : byte
{
    Struct,
    Tuple,
    Range,
    Closure,
    Upvalue,
}

/// <summary>A virtual object that an exit creates. Its parts precede it in the list of the state.</summary>
internal sealed class ExitObject
{
    public required ExitObjectKind Kind { get; init; }

    /// <summary>Its index in <see cref="ExitBuffers.Objects"/>, where slots read it.</summary>
    public required int Index { get; init; }

    /// <summary>The <see cref="Runtime.Objects.Shape"/> or <see cref="LinkedPrototype"/>; null for any other object.</summary>
    public required object? Payload { get; init; }

    /// <summary>
    /// The object itself if it already exists, otherwise nil. The register numbers of this and of the parts have no meaning.
    /// </summary>
    public required ExitSlot Existing { get; init; }

    /// <summary>Fields, items, captures, the one variable, or what <see cref="Ir.IrOp.NewRange"/> takes.</summary>
    public required ExitSlot[] Parts { get; init; }
}

/// <summary>A frame that an exit builds; see <see cref="Ir.SnapshotFrame"/> for positions.</summary>
internal sealed class ExitFrame
{
    public required LinkedPrototype Code { get; init; }

    public required int Pc { get; init; }

    public required int Base { get; init; }

    public required int ReturnSlot { get; init; }

    public required bool DropsResult { get; init; }

    /// <summary>The closure or generator of the frame; null in the root frame of a loop. The register number has no meaning.</summary>
    public required ExitSlot? Closure { get; init; }

    public required ExitSlot[] Slots { get; init; }
}

/// <summary>A snapshot as data: the frames, root first.</summary>
/// <param name="frames">The frames.</param>
/// <param name="callee">The position of a callee's frames when the callee exits; null if no call is in progress.</param>
/// <param name="objects">The objects to create.</param>
internal sealed class ExitState(ExitFrame[] frames, SnapshotCallee? callee = null, ExitObject[]? objects = null)
{
    public readonly ExitFrame[] Frames = frames;

    /// <summary>The objects to create before the frames are written, parts before wholes.</summary>
    public readonly ExitObject[] Objects = objects ?? [];

    public readonly SnapshotCallee? Callee = callee;

    /// <summary>The number of interpreter call-outs here.</summary>
    public long CallOuts;

    /// <summary>The position at which compiled code continues after an error of a call-out here; null if it does not continue.</summary>
    public HandlerTarget? Handler { get; set; }

    /// <summary>Whether this is the state of a direct call of a host's delegate, so that an exception comes from the host.</summary>
    public bool IsDirectCall { get; set; }

    /// <summary>Of a noted call: the representation of its result; null if it has none, or is always nil.</summary>
    public Representation? Result { get; set; }

    /// <summary>The number of elements of the exit buffers that it uses.</summary>
    public readonly int ValueCount = CountValues(frames, objects ?? []);

    private static int CountValues(ExitFrame[] frames, ExitObject[] objects)
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

    private static int EndOf(in ExitSlot slot) => slot.Source == ExitSource.Constant ? 0 : Math.Max(slot.Index, slot.BitsIndex) + 1;
}

/// <summary>A guard of an emitted region: its exit state, its place in the script, and its exits.</summary>
/// <param name="State">Index into the region's exit states.</param>
/// <param name="Description">The name of the operation, for people, for example <c>UnboxInt</c>.</param>
/// <param name="Code">The proc of the innermost frame.</param>
/// <param name="Pc">The instruction it re-executes.</param>
internal sealed record RegionGuard(int State, string Description, LinkedPrototype Code, int Pc)
{
    /// <summary>
    /// Whether it fails only because a limit must be checked (steps, memory, frames, native stack). It would fail in every version, so
    /// recording from this exit does not help.
    /// </summary>
    public bool IsLimit { get; init; }

    /// <summary>Whether it is the exit of a large switch, for all targets that were not recorded.</summary>
    public bool IsDispatch { get; init; }

    /// <summary>
    /// Of a speculative guard: the profiles of the instructions that it stands for, which count its failed speculations. Otherwise empty.
    /// </summary>
    public InstructionProfile[] Speculations { get; init; } = [];

    /// <summary>Whether the profiles have counted that its speculation failed.</summary>
    public bool HasFailed { get; set; }

    /// <summary>
    /// Steps behind the guard that the code has charged in advance. After an exit the interpreter charges them, so the runtime refunds
    /// them; code for that at each guard took the CLR's compiler 2 to 7 % of its time.
    /// </summary>
    public long Refund { get; init; }

    /// <summary>Exits through this guard.</summary>
    public long Exits;

    /// <summary>The sum of exit weights: an exit that unwinds many frames weighs more.</summary>
    public long Weight;

    /// <summary>The weight at which the next side recording begins here. It grows with each recording.</summary>
    public long NextRecording;

    /// <summary>Of the exit of a large switch: the last recordings that found no further path.</summary>
    public int Fruitless;

    /// <summary>Of the exit of a large switch: the recorded instructions when its last recording began.</summary>
    public int KnownInstructions;
}
