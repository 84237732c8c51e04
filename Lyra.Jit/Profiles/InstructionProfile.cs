using System.Collections.Generic;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Profiles;

/// <summary>The recorder's observations at one instruction of one <see cref="CallContext"/>.</summary>
internal sealed class InstructionProfile
{
    /// <summary>The number of times it was recorded.</summary>
    public int Visits;

    /// <summary>Of a jump or a loop instruction: the visits that jumped. The others fell through.</summary>
    public int Jumped;

    /// <summary>Of a switch: the targets of its jumps, in the order in which they were first seen.</summary>
    public readonly List<int> Targets = [];

    /// <summary>
    /// The observed types of the registers that operands A, B and C read; for a pair or window, of the first register. Null for other
    /// operands. Of a range loop, B is the limit.
    /// </summary>
    public ObservedType? A, B, C;

    /// <summary>
    /// The observed type of the register that it writes, or of the last variable of a for-each; null if it never completed.
    /// </summary>
    public ObservedType? Result;

    /// <summary>Of a pair loop: its first variable.</summary>
    public ObservedType? Key;

    /// <summary>Of a method call on an instance that has a field of that name: the observed type of the field, which is called.</summary>
    public ObservedType? Field;

    /// <summary>
    /// Of a call of C# code: the intrinsics called, up to <see cref="ObservedType.MaxDetails"/>. Empty for calls of a struct's methods.
    /// </summary>
    public readonly List<Intrinsic> Natives = [];

    /// <summary>Of a call with spread arguments: the lists that were spread. Null until the first.</summary>
    public SpreadProfile? Spread;

    /// <summary>
    /// Of a call of an intrinsic that searches or sorts: whether it may call a hook of the elements of a list. Of a Concat: whether it
    /// calls a hook.
    /// </summary>
    public bool HasHookedElements;

    /// <summary>
    /// Of an element access: whether a map lacked the key or has an annotation, or whether the lookup of a key runs script code.
    /// </summary>
    public bool MissedKey;

    /// <summary>
    /// Failed speculations that its index is inside the container; their guards are in preheaders. Each moves the next speculative guard
    /// one loop inwards; see the pass <c>BoundsHoisting</c>.
    /// </summary>
    public int FailedSpeculations;

    public bool Raised => Raises > 0;

    /// <summary>The number of times that it raised an error.</summary>
    public int Raises;

    /// <summary>Whether an operand was a str so long that comparing it costs steps.</summary>
    public bool HasLongText => A is { HasLongText: true } || B is { HasLongText: true } || C is { HasLongText: true };

    /// <summary>
    /// Increases with each observation that changes more than a count. It is a sum of numbers that never decrease while recordings run.
    /// </summary>
    public int Version => (Visits > 0 ? 1 : 0)
        + (Jumped > 0 ? 1 : 0)
        + (Visits > Jumped ? 1 : 0)
        + (MissedKey ? 1 : 0)
        + (HasHookedElements ? 1 : 0)
        + (Raised ? 1 : 0)
        + Targets.Count
        + Natives.Count
        + VersionOf(A)
        + VersionOf(B)
        + VersionOf(C)
        + VersionOf(Result)
        + VersionOf(Key)
        + VersionOf(Field)
        + (Spread?.Version ?? 0);

    private static int VersionOf(ObservedType? type) => type?.Version ?? 0;
}
