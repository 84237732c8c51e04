using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>What the tier controller knows of one prototype and its loops.</summary>
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

    public static PrototypeTier Of(LinkedPrototype code) => (PrototypeTier)(code.Tier ??= new PrototypeTier(code));

    /// <summary>A loop, which is hot now.</summary>
    public HotRegion LoopOf(int loop, int rootPc, int maxDepth) => _loops[loop] ??= new HotRegion(_code, loop, rootPc, maxDepth);

    /// <summary>The proc as a whole, which is hot now.</summary>
    public HotRegion ProcOf(int maxDepth) => _proc ??= new HotRegion(_code, -1, 0, maxDepth);
}
