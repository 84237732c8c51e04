namespace Lyra.Bench.Suite.Baseline;

/// <summary>
/// Handles the errors of the instructions from <paramref name="Start"/> to <paramref name="End"/>, exclusive: the stack is cut to
/// <paramref name="Depth"/> operands, the error is pushed, and <paramref name="Target"/> runs next.
/// </summary>
internal readonly record struct StackHandler(int Start, int End, int Target, int Depth);
