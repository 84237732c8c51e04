namespace Lyra.Bench.Suite.Baseline;

/// <summary>An instruction with its operands; <see cref="StackOp"/> says what they are.</summary>
internal readonly record struct StackInstruction(StackOp Op, int A, int B);
