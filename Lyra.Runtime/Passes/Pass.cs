using System;

namespace Lyra.Runtime.Passes;

/// <summary>A transformation of code that preserves what the code does. It has no state between runs.</summary>
/// <typeparam name="TCode">The form of the code.</typeparam>
/// <param name="Name">The name in dumps, failures and <see cref="PassOrder"/>. A plan may have several passes of one name.</param>
/// <param name="Run">Transforms code; returns whether it changed anything.</param>
internal sealed record Pass<TCode>(string Name, Func<TCode, bool> Run)
{
    /// <summary>The lowest optimization level that runs it.</summary>
    public int Level { get; init; }

    /// <summary>The name of an earlier pass: it runs only if that one has changed the code. Null to run always.</summary>
    public string? OnlyAfter { get; init; }
}

/// <summary>A constraint on the order of a plan: no pass of the second name runs before the first pass of the first name.</summary>
/// <param name="First">The name of a pass.</param>
/// <param name="Then">The name of another one.</param>
/// <param name="Reason">Why, as a clause: "it compares nodes by identity".</param>
internal readonly record struct PassOrder(string First, string Then, string Reason);
