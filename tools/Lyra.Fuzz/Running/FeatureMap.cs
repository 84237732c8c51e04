using System;
using System.Numerics;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;

namespace Lyra.Fuzz.Running;

/// <summary>
/// The set of features that compiled code has shown. A feature is a pair: an opcode and an IR operation in one region, a guard and the
/// opcode at which it exits, or such a guard that has failed. Pairs tell apart programs that single opcodes and operations do not.
/// </summary>
internal sealed class FeatureMap
{
    private const int Kinds = 3;

    /// <summary>One more than there are operations: the last column is for exits that no operation causes.</summary>
    private static readonly int Columns = Enum.GetValues<IrOp>().Length + 1;

    /// <summary>One bit for each feature.</summary>
    public long[] Bits { get; } = new long[((Kinds * OpcodeInfo.Count * Columns) + 63) / 64];

    /// <summary>The number of features in the set.</summary>
    public long Count
    {
        get
        {
            long count = 0;
            foreach (long word in Bits)
            {
                count += BitOperations.PopCount((ulong)word);
            }

            return count;
        }
    }

    /// <summary>Adds a feature; returns whether it is new.</summary>
    public bool Add(FeatureKind kind, Opcode opcode, IrOp? operation)
    {
        int column = operation is { } given ? (int)given : Columns - 1;
        int index = ((((int)kind * OpcodeInfo.Count) + (int)opcode) * Columns) + column;
        long bit = 1L << index;
        bool isNew = (Bits[index >> 6] & bit) == 0;
        Bits[index >> 6] |= bit;
        return isNew;
    }
}

/// <summary>The kind of a feature.</summary>
internal enum FeatureKind
{
    /// <summary>A region contains the instruction and the operation.</summary>
    InRegion,

    /// <summary>The operation may exit at the instruction.</summary>
    Guard,

    /// <summary>It has exited there.</summary>
    Exit,
}
