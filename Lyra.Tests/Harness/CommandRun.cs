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

    /// <summary>Variables that the process gets in addition to those of the tests.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>A runtime configuration in place of the one beside the command; null for that one.</summary>
    public string? RuntimeConfiguration { get; init; }

    /// <summary>Whether standard input stays open after <see cref="Input"/>, as that of a terminal does.</summary>
    public bool HoldsInput { get; init; }

    /// <summary>Whether the memory and the time of the process are watched.</summary>
    public bool IsWatched { get; init; }

    /// <summary>The resident size at which a watched process is killed, so that a fault does not fill the memory of the machine.</summary>
    public long MostBytes { get; init; } = 4_000_000_000;
}
