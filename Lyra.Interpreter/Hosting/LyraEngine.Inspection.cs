using System.Runtime.CompilerServices;
using Lyra.Jit.Inspection;
using Lyra.Jit.Tiering;

namespace Lyra;

/// <content>For the tools that show what is compiled.</content>
public sealed partial class LyraEngine
{
    /// <summary>Has an inspector see everything that is compiled; before the first script runs. The engine's options let it compile.</summary>
    // Never inlined, because it loads the compiler's library.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Inspect(RegionInspector inspector) => inspector.Watch(_interpreter.Tiers);

    /// <summary>Has a listener see every stage of every compilation; before the first script runs. The engine's options let it compile.</summary>
    // Never inlined, because it loads the compiler's library.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void ListenToCompiler(ICompileListener listener) => _interpreter.Tiers.Compiler!.Listener = listener;
}
