using System.Globalization;

namespace Lyra;

/// <summary>How a program was run for a <see cref="TierCheck"/>.</summary>
public enum TierRunKind
{
    /// <summary>Interpreted, a second time.</summary>
    InterpreterAgain,

    /// <summary>Compiled where it is hot.</summary>
    Compiled,

    /// <summary>Compiled, with the guards counted.</summary>
    Counted,

    /// <summary>Compiled, with one guard made to fail once.</summary>
    GuardFailed,
}

/// <summary>A run that is compared with the first one, in the interpreter.</summary>
/// <param name="Kind">How it was run.</param>
public sealed record TierRun(TierRunKind Kind)
{
    /// <summary>The number of the guard that was made to fail, in the order in which guards were compiled, from 1; 0 when none was.</summary>
    public int Guard { get; init; }

    /// <summary>At which of its passings it failed, from 1; 0 when none was made to fail.</summary>
    public long Passing { get; init; }

    /// <summary>The script's file in which the guard stands; null when none was made to fail.</summary>
    public string? File { get; init; }

    /// <summary>The line in which it stands, from 1; 0 when none was made to fail.</summary>
    public int Line { get; init; }

    /// <summary>What the guard assumes, in words; empty when none was made to fail.</summary>
    public string Assumption { get; init; } = string.Empty;

    /// <summary>The run in a few words: <c>with guard 7 failing at its passing 3, rules.lyra:12 (x is a float)</c>.</summary>
    public override string ToString() => Kind switch
    {
        TierRunKind.InterpreterAgain => "interpreted again",
        TierRunKind.Compiled => "compiled",
        TierRunKind.Counted => "compiled with its guards counted",
        _ => string.Create(CultureInfo.InvariantCulture, $"with guard {Guard} failing at its passing {Passing}, {File}:{Line} ({Assumption})"),
    };
}
