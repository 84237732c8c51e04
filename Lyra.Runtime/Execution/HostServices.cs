using System;
using System.IO;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Library;

namespace Lyra.Runtime.Execution;

/// <summary>What the host grants and provides, immutable for a run, and the identity numbers of its engine's objects.</summary>
internal sealed class HostServices
{
    /// <summary>Made at the first use: hardly any script hashes by identity, and engines must be cheap.</summary>
    private ConditionalWeakTable<object, object>? _identities;

    private int _lastIdentity;

    /// <summary>What scripts may do beyond computing.</summary>
    public LyraCapabilities Capabilities { get; init; }

    /// <summary>Where <c>print</c> and <c>write</c> go.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>Where <c>input</c> reads.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>The folder that relative paths start from: the script's own. Null when the script has no file.</summary>
    public string? BaseFolder { get; init; }

    /// <summary>
    /// Folders below which files may be read, absolute; the capability is needed as well. Empty means the base folder only.
    /// </summary>
    public string[] ReadFolders { get; init; } = [];

    /// <summary>Folders below which files may be written, absolute.</summary>
    public string[] WriteFolders { get; init; } = [];

    /// <summary>What <c>os.args()</c> gives.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>Calls from host code back into the engine; null where there is none.</summary>
    public Hosting.IScriptCaller? Caller { get; init; }

    /// <summary>The clock behind module <c>time</c>, <c>clock</c> and timers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The compiling tier as module <c>jit</c> sees it; null where there is none.</summary>
    public IJitControl? Jit { get; init; }

    /// <summary>
    /// The number of an object that is a key by its identity. Objects are numbered in the order in which they are first asked for theirs.
    /// The CLR's own hash code would depend on the tier and the process, and the output of a script must not.
    /// </summary>
    public int IdentityOf(object o) => (int)(_identities ??= []).GetValue(o, _ => ++_lastIdentity);
}
