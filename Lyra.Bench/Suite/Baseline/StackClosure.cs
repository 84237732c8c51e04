using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>A proc as a value: its code, and the values and cells that it captured.</summary>
internal sealed class StackClosure(StackProc proc, Value[] captures) : ScriptObject
{
    public readonly StackProc Proc = proc;
    public readonly Value[] Captures = captures;

    public override ValueKind Kind => ValueKind.Proc;

    public override string TypeName => "proc";

    public override long OwnBytes => 40 + (16L * Captures.Length);
}
