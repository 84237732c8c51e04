using System;

namespace Lyra.Jit.Emission;

/// <summary>What is wrong with a method.</summary>
/// <param name="Offset">The byte offset of the instruction.</param>
/// <param name="Opcode">The instruction's opcode.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Found">What is there.</param>
internal readonly record struct IlFault(int Offset, string Opcode, string Expected, string Found)
{
    public override string ToString() => FormattableString.Invariant($"{Offset:x4} {Opcode}: expected {Expected}, found {Found}");
}
