using System;

namespace Lyra.Jit.Emission;

/// <summary>A violation of a rule of the IL check.</summary>
/// <param name="Offset">The byte offset of the instruction.</param>
/// <param name="Opcode">The instruction's opcode.</param>
/// <param name="Expected">The expected type or state.</param>
/// <param name="Found">The actual type or state.</param>
internal readonly record struct IlFault(int Offset, string Opcode, string Expected, string Found)
{
    public override string ToString() => FormattableString.Invariant($"{Offset:x4} {Opcode}: expected {Expected}, found {Found}");
}
