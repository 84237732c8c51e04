using System;
using System.Collections.Generic;

namespace Lyra.Bench.Suite.Running;

/// <summary>A way to run the programs.</summary>
/// <param name="Name">The head of the column.</param>
/// <param name="Arguments">The arguments of the process for a program at a size.</param>
internal sealed record BenchColumn(string Name, Func<BenchProgram, BenchSize, string[]> Arguments)
{
    /// <summary>The file to execute; null for the command <c>lyra</c>.</summary>
    public string? File { get; init; }

    /// <summary>The folder of the process; null for the current one.</summary>
    public string? Folder { get; init; }

    /// <summary>The script that a program needs, below <see cref="Folder"/>; null if every program can run.</summary>
    public Func<BenchProgram, string>? Script { get; init; }

    /// <summary>Environment variables of the process.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is a part of Lyra: a failure is then one of Lyra, and changes between two results are compared.</summary>
    public bool IsLyra { get; init; }
}
