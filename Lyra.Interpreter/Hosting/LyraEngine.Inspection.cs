using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Jit.Inspection;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra;

/// <content>For the tools that show what is compiled, and for those that compare engines.</content>
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

    /// <summary>Has regions be compiled only so far; before the first script runs. The engine's options let it compile, and not in the background.</summary>
    // Never inlined, because it loads the compiler's library.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void LimitCompiler(CompileFuel fuel) => _interpreter.Tiers.Compiler!.Fuel = fuel;

    /// <summary>Whether a script has asked module <c>jit</c> what is compiled.</summary>
    internal bool WasAskedForTier => _jit is { WasRead: true };

    /// <summary>The values from which everything is reached that the engine holds between two runs.</summary>
    /// <param name="result">What the last run gave, or the error that ended it.</param>
    /// <exception cref="System.InvalidOperationException">Another thread is using the engine.</exception>
    internal IReadOnlyList<HeapPart> HeapRoots(Value result) => InGate((this, result), static state => state.Item1._interpreter.HeapRoots(state.result));

    /// <summary>Has it decided by these options what is compiled; before the first script runs. The engine's own options give the thresholds of counts.</summary>
    // Never inlined, because it loads the compiler's library.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal TierController UseTiers(TierOptions options)
    {
        _interpreter.UseTiers(host => new TierController(host, options));
        return _interpreter.Tiers;
    }
}
