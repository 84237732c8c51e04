using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A proc written in C#: a builtin, a method of a built-in type, a member of a library module, or a delegate of the host.
/// </summary>
internal sealed class NativeProc(Intrinsic intrinsic) : ScriptObject
{
    public readonly Intrinsic Intrinsic = intrinsic;

    public override ValueKind Kind => ValueKind.Proc;

    public override long OwnBytes => 24 + Intrinsic.OwnedBytes;
}
