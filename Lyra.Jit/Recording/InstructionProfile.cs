using System;
using System.Collections.Generic;
using Lyra.Runtime.Library;

namespace Lyra.Jit.Recording;

/// <summary>What the recorder saw at one instruction of one <see cref="CallContext"/>.</summary>
internal sealed class InstructionProfile
{
    /// <summary>Times it was recorded.</summary>
    public int Visits;

    /// <summary>Of a jump or a loop instruction: times it jumped; the rest of the visits fell through.</summary>
    public int Jumped;

    /// <summary>Of a switch: the instructions it went to.</summary>
    public readonly HashSet<int> Targets = [];

    /// <summary>
    /// What the registers held that operand A, B and C name, where they are read as single registers (of a pair or window the first); null where not.
    /// Of a range loop B is the limit.
    /// </summary>
    public ObservedType? A, B, C;

    /// <summary>What the register that it writes held afterwards (of a for-each: its last variable); null when never seen to end.</summary>
    public ObservedType? Result;

    /// <summary>Of a pair loop: what its first variable held.</summary>
    public ObservedType? Key;

    /// <summary>Of a method call on an instance whose struct has a field of that name: what the field held, which is called.</summary>
    public ObservedType? Field;

    /// <summary>Of a call of C# code: the intrinsics called, up to <see cref="ObservedType.MaxDetails"/>; of a struct's method call: empty.</summary>
    public readonly List<Intrinsic> Natives = [];

    /// <summary>Of an element that is read or stored: whether a map was seen that did not have the key or has an annotation, or a key that takes more than a look to find.</summary>
    public bool MissedKey;

    /// <summary>
    /// Bets that its index is inside the container, made once in front of a loop, that were lost. Each moves the next bet one loop inwards; see
    /// <see cref="Passes.BoundsHoisting"/>.
    /// </summary>
    public int LostBets;

    /// <summary>Whether it was seen to raise an error.</summary>
    public bool Raised => Raises > 0;

    /// <summary>Times that it was seen to raise an error.</summary>
    public int Raises;

    /// <summary>Whether an operand was a str that is charged for when it is looked through.</summary>
    public bool HasLongText => A is { HasLongText: true } || B is { HasLongText: true } || C is { HasLongText: true };

    /// <summary>Differs from what it was before whenever something new was seen, other than how often.</summary>
    public int Knowledge
    {
        get
        {
            HashCode hash = default;
            hash.Add(Visits > 0);
            hash.Add(Jumped > 0);
            hash.Add(Visits > Jumped);
            hash.Add(Targets.Count);
            hash.Add(Natives.Count);
            hash.Add(MissedKey);
            hash.Add(Raised);
            hash.Add(A?.Knowledge);
            hash.Add(B?.Knowledge);
            hash.Add(C?.Knowledge);
            hash.Add(Result?.Knowledge);
            hash.Add(Key?.Knowledge);
            hash.Add(Field?.Knowledge);
            return hash.ToHashCode();
        }
    }
}
