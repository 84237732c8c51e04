using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Execution;

/// <summary>
/// The capabilities and services that the host provides, immutable for a run, and the identity numbers of the engine's objects.
/// </summary>
internal sealed class HostServices
{
    /// <summary>The number, its entry in the table, which grows by doubling, and the handle of the garbage collector.</summary>
    private const long BytesOfIdentity = 128;

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

    /// <summary>The engine as module <c>vm</c> sees it; null where there is none.</summary>
    public IVmControl? Vm { get; init; }

    /// <summary>
    /// The number by which an object is hashed if it is a key by identity. Numbers are assigned in the order of first use. The CLR's own
    /// hash code would depend on the tier and the process, which the output of a script must not.
    /// </summary>
    /// <exception cref="Errors.ScriptErrorException">The memory limit is exceeded.</exception>
    public int IdentityOf(ScriptContext context, object o)
    {
        _identities ??= [];
        if (_identities.TryGetValue(o, out object? known))
        {
            return (int)known;
        }

        context.ChargeMemory(BytesOfIdentity);
        _identities.Add(o, ++_lastIdentity);
        return _lastIdentity;
    }

    /// <summary>Forgets all numbers; the next ones begin anew.</summary>
    public void ResetIdentities() => (_identities, _lastIdentity) = (null, 0);

    /// <summary>Whether an object has a number.</summary>
    public bool HasIdentities => _identities is not null;

    /// <summary>The bytes that the number of an object takes; 0 when it has none.</summary>
    public long IdentityBytes(object o) => _identities is { } numbered && numbered.TryGetValue(o, out _) ? BytesOfIdentity : 0;
}
