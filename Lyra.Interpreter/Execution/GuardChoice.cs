using System.Runtime.CompilerServices;
using Lyra.Jit.Inspection;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// For checks: which guard of an engine's compiled code fails, at which of its passings, without a type of the compiler's library in the
/// signatures of what every engine runs through (see <see cref="TierSettings"/>). For one engine.
/// </summary>
/// <param name="failing">The number of the guard; -1 for none: guards are counted only.</param>
/// <param name="failingAt">The passing, from 1.</param>
internal sealed class GuardChoice(int failing = -1, long failingAt = 0)
{
    private GuardPlan? _plan;

    /// <summary>What the engine's regions are compiled with, and what it has counted.</summary>
    public GuardPlan Plan
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => _plan ??= new GuardPlan(failing, failingAt);
    }
}
