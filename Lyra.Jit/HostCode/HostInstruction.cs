using System.Reflection.Metadata;

namespace Lyra.Jit.HostCode;

/// <summary>An instruction of the IL of a method of the host.</summary>
/// <param name="Code">The operation, in its long form: without a suffix for short operands, and with the number as an operand.</param>
/// <param name="Operand">The number of an argument or local, a token, a constant's bits, or the offset of a branch's target.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
internal readonly record struct HostInstruction(ILOpCode Code, long Operand, int Offset);
