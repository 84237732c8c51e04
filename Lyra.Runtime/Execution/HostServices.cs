using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Execution;

/// <summary>
/// The capabilities and services that the host provides, immutable for a run, and the identity numbers of the engine's objects.
/// </summary>
internal sealed class HostServices
{
    /// <summary>Made at the first use, because hardly any script hashes by identity and engines must be cheap.</summary>
    private ConditionalWeakTable<object, object>? _identities;

    private int _lastIdentity;

    /// <summary>The capabilities of scripts.</summary>
    public LyraCapabilities Capabilities { get; init; }

    /// <summary>The destination of <c>print</c> and <c>write</c>.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>The source of <c>input</c>.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>The folder to which relative paths refer: that of the script. Null when the script has no file.</summary>
    public string? BaseFolder { get; init; }

    /// <summary>
    /// Folders below which files may be read, absolute; the capability is needed as well. Empty means the base folder only.
    /// </summary>
    public string[] ReadFolders { get; init; } = [];

    /// <summary>Folders below which files may be written, absolute.</summary>
    public string[] WriteFolders { get; init; } = [];

    /// <summary>The result of <c>os.args()</c>.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>Calls from host code back into the engine; null where there is none.</summary>
    public IScriptCaller? Caller { get; init; }

    /// <summary>The clock behind module <c>time</c>, <c>clock</c> and timers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The compiling tier as module <c>jit</c> sees it; null where there is none.</summary>
    public IJitControl? Jit { get; init; }

    /// <summary>
    /// The number by which an object is hashed if it is a key by identity. Numbers are assigned in the order of first use. The CLR's own
    /// hash code would depend on the tier and the process, which the output of a script must not.
    /// </summary>
    public int IdentityOf(object o) => (int)(_identities ??= []).GetValue(o, _ => ++_lastIdentity);
}
