using System.Threading;
using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>What the tier controller knows of one prototype and its loops. The compiler may ask for it, and for its proc, from another thread.</summary>
internal sealed class PrototypeTier
{
    private readonly LinkedPrototype _code;
    private readonly HotRegion?[] _loops;
    private HotRegion? _proc;

    private PrototypeTier(LinkedPrototype code)
    {
        _code = code;
        Loops = new LoopMap(code.Prototype);
        _loops = new HotRegion?[Loops.Count];
    }

    public LoopMap Loops { get; }

    public static PrototypeTier Of(LinkedPrototype code) => (PrototypeTier)(code.Tier ?? Make(code));

    /// <summary>Whether a loop is being compiled.</summary>
    public bool IsPending(int loop) => _loops[loop]?.Pending is not null;

    /// <summary>A loop, which is hot now.</summary>
    public HotRegion LoopOf(int loop, int rootPc, int maxDepth) => _loops[loop] ??= new HotRegion(_code, loop, rootPc, maxDepth);

    /// <summary>The proc as a whole, which is hot now.</summary>
    public HotRegion ProcOf(int maxDepth) => _proc ?? MakeProc(maxDepth);

    private static object Make(LinkedPrototype code)
    {
        PrototypeTier made = new(code);
        return Interlocked.CompareExchange(ref code.Tier, made, null) ?? made;
    }

    private HotRegion MakeProc(int maxDepth)
    {
        HotRegion made = new(_code, -1, 0, maxDepth);
        return Interlocked.CompareExchange(ref _proc, made, null) ?? made;
    }
}
