using System.Threading;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>
/// The loops of a prototype, and the state of those that were hot. The compiler may access it, and its proc, on another thread.
/// </summary>
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

    /// <summary>Whether an instruction is in a loop, and whether one of these loops is being compiled, or will be before long.</summary>
    /// <param name="pc">The instruction.</param>
    /// <param name="countsDelayed">Whether delayed loops count: not where compiled code executes their iterations, so that they never get
    /// hotter.</param>
    public (bool IsInLoop, bool IsCompiling) LoopsAt(int pc, bool countsDelayed)
    {
        bool isInLoop = false;
        bool isCompiling = false;
        for (int loop = 0; loop < Loops.Count; loop++)
        {
            if (Loops[loop].Contains(pc))
            {
                isInLoop = true;
                isCompiling |= _loops[loop] is { } hot && (hot.State.Job is not null || (countsDelayed && hot.IsDelayed));
            }
        }

        return (isInLoop, isCompiling);
    }

    /// <inheritdoc cref="HotRegion.IsDelayed"/>
    public bool IsDelayed(int loop) => _loops[loop] is { IsDelayed: true };

    /// <summary>The state of a loop that is hot.</summary>
    public HotRegion LoopOf(int loop, int rootPc) =>
        _loops[loop] ??= new HotRegion(RegionKind.Loop, _code, loop, rootPc);

    /// <summary>The state of the proc as a whole, which is hot.</summary>
    public HotRegion ProcOf() => _proc ?? MakeProc();

    /// <summary>True when each installed region has the code with which it was installed.</summary>
    public bool IsIntact()
    {
        foreach (HotRegion? loop in _loops)
        {
            if (loop is { IsIntact: false })
            {
                return false;
            }
        }

        return _proc is not { IsIntact: false };
    }

    private static object Make(LinkedPrototype code)
    {
        PrototypeTier made = new(code);
        return Interlocked.CompareExchange(ref code.Tier, made, null) ?? made;
    }

    private HotRegion MakeProc()
    {
        HotRegion made = new(RegionKind.Entry, _code, LoopMap.None, 0);
        return Interlocked.CompareExchange(ref _proc, made, null) ?? made;
    }
}
