using System;
using System.Collections.Generic;

namespace Lyra.Tests.Harness;

/// <summary>One run of the <c>lyra</c> command, described before it is started.</summary>
internal sealed record CommandRun(IReadOnlyList<string> Arguments)
{
    /// <summary>The folder it runs in.</summary>
    public string Folder { get; init; } = Repository.Root;

    /// <summary>What it reads from standard input.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>Killed after this; generous, because the machine that tests may be busy.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Whether all that it compiles is verified, while the program waits.</summary>
    public bool ChecksCompiler { get; init; } = true;

    /// <summary>A shell redirection of standard error, such as <c>2>/dev/full</c>; null to capture it.</summary>
    public string? ErrorRedirection { get; init; }

    /// <summary>Whether the resident size is polled while it runs.</summary>
    public bool WatchesMemory { get; init; }
}
