using System;
using System.Collections.Generic;

namespace Lyra.Tests.Harness;

/// <summary>The description of one run of the <c>lyra</c> command.</summary>
internal sealed record CommandRun(IReadOnlyList<string> Arguments)
{
    /// <summary>The working directory.</summary>
    public string Folder { get; init; } = Repository.Root;

    /// <summary>The bytes on standard input.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>The time after which the process is killed; generous, because the test machine may be busy.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Whether all compiled code is verified, on the thread of the script.</summary>
    public bool ChecksCompiler { get; init; } = true;

    /// <summary>A shell redirection of standard error, such as <c>2>/dev/full</c>; null to capture it.</summary>
    public string? ErrorRedirection { get; init; }

    /// <summary>Whether the resident size is polled during the run.</summary>
    public bool WatchesMemory { get; init; }
}
