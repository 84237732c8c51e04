using System.Globalization;

namespace Lyra;

/// <summary>The kinds of runs of a <see cref="TierCheck"/>.</summary>
public enum TierRunKind
{
    /// <summary>Interpreted, a second time.</summary>
    InterpreterAgain,

    /// <summary>With hot code compiled.</summary>
    Compiled,

    /// <summary>With hot code compiled and its guards counted.</summary>
    Counted,

    /// <summary>With hot code compiled and one guard forced to fail once.</summary>
    GuardFailed,
}

/// <summary>A run of a <see cref="TierCheck"/> that is compared with the first run, which is in the interpreter.</summary>
/// <param name="Kind">The kind of run.</param>
public sealed record TierRun(TierRunKind Kind)
{
    /// <summary>The number of the failed guard, counted from 1 in the order of compilation; 0 when none was made to fail.</summary>
    public int Guard { get; init; }

    /// <summary>The execution of the guard at which it failed, counted from 1; 0 when none was made to fail.</summary>
    public long Execution { get; init; }

    /// <summary>The file of the guard; null when none was made to fail.</summary>
    public string? File { get; init; }

    /// <summary>The line of the guard, counted from 1; 0 when none was made to fail.</summary>
    public int Line { get; init; }

    /// <summary>A description of what the guard assumes; empty when none was made to fail.</summary>
    public string Assumption { get; init; } = string.Empty;

    /// <summary>Returns a short description: <c>with guard 7 failing at execution 3, rules.lyra:12 (x is a float)</c>.</summary>
    public override string ToString() => Kind switch
    {
        TierRunKind.InterpreterAgain => "interpreted again",
        TierRunKind.Compiled => "compiled",
        TierRunKind.Counted => "compiled with its guards counted",
        TierRunKind.GuardFailed => string.Create(
            CultureInfo.InvariantCulture, $"with guard {Guard} failing at execution {Execution}, {File}:{Line} ({Assumption})"),
    };
}
