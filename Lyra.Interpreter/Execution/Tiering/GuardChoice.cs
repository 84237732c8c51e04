using System.Runtime.CompilerServices;
using Lyra.Jit.Inspection;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// For tier checks: which guard of an engine's compiled code fails, and at which of its executions. It keeps the types of the compiler's
/// library out of the signatures of code that every engine runs (see <see cref="TierSettings"/>). For one engine.
/// </summary>
/// <param name="failing">The number of the guard; -1 to count the guards only.</param>
/// <param name="failingAt">The execution of the guard at which it fails, from 1.</param>
internal sealed class GuardChoice(int failing = -1, long failingAt = 0)
{
    private GuardPlan? _plan;

    /// <summary>The plan that the engine's regions are compiled with; it has the counts.</summary>
    public GuardPlan Plan
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => _plan ??= new GuardPlan(failing, failingAt);
    }
}
