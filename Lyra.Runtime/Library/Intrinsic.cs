using System;
using System.Threading;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library;

/// <summary>
/// A proc in C#. The arguments are complete (names resolved, counts checked); a missing optional one at the end is simply not there, one
/// left out before a named one is <see cref="Value.Unset"/>. They stay valid during the call even when it calls back.
/// </summary>
internal delegate Value NativeFunction(ScriptContext context, ReadOnlySpan<Value> arguments);

/// <summary>What the tiers may assume about an intrinsic.</summary>
[Flags]
internal enum IntrinsicTraits : byte
{
    None = 0,

    /// <summary>Depends on its arguments alone and has no effect: may be folded, moved and removed.</summary>
    Pure = 1,

    /// <summary>May run script code (callbacks, hooks): counts as a frame.</summary>
    CallsBack = 2,

    /// <summary>A builtin of this name called with a struct first uses the struct's own method of the name, when it has one.</summary>
    MethodFirst = 4,
}

/// <summary>One row of the library's table: name, parameters, handler and what may be assumed of it. Immutable and shared.</summary>
internal sealed class Intrinsic
{
    private NativeProc? _proc;

    /// <param name="signature">
    /// Name and parameters as documented: <c>insert(list, i, v?)</c>. A <c>?</c> marks an optional parameter, <c>...</c> before the
    /// last one any number of arguments.
    /// </param>
    /// <param name="handler">What it does.</param>
    /// <param name="traits">What the tiers may assume.</param>
    /// <param name="owner">The module or type it is a member of; null for a builtin.</param>
    /// <param name="least">The fewest arguments, where all parameters are optional but not at once.</param>
    public Intrinsic(string signature, NativeFunction handler, IntrinsicTraits traits = IntrinsicTraits.None, string? owner = null, int least = 0)
    {
        Signature = signature;
        Owner = owner;
        Handler = handler;
        Traits = traits;
        int open = signature.IndexOf('(', StringComparison.Ordinal);
        Name = signature[..open];
        string list = signature[(open + 1)..^1];
        ParameterNames = list.Length == 0 ? [] : list.Split(", ");
        MaxArguments = ParameterNames.Length;
        foreach (ref string parameter in ParameterNames.AsSpan())
        {
            if (parameter.EndsWith('?'))
            {
                parameter = parameter[..^1];
            }
            else if (parameter.StartsWith("...", StringComparison.Ordinal))
            {
                parameter = parameter[3..];
                MaxArguments = int.MaxValue;
            }
            else
            {
                RequiredParameters++;
            }
        }

        MinArguments = Math.Max(least, RequiredParameters);
    }

    public string Name { get; }

    /// <summary>The module or type it is a member of (<c>math</c>, <c>list</c>); null for a builtin.</summary>
    public string? Owner { get; }

    /// <summary><c>print</c>, <c>math.sqrt</c>, <c>list.sort</c>.</summary>
    public string QualifiedName => Owner is null ? Name : $"{Owner}.{Name}";

    /// <summary>It as a script value: always the same object, so that a builtin is identical to itself wherever it is named.</summary>
    public NativeProc Proc => _proc ?? Interlocked.CompareExchange(ref _proc, new NativeProc(this), null) ?? _proc;

    public string Signature { get; }

    /// <summary>
    /// The signature as the source of a call sees it: of a module's proc with the module, <c>math.floor(x)</c>; behind a receiver without that
    /// parameter, <c>push(v)</c>.
    /// </summary>
    public string SignatureBehind(int receivers)
    {
        if (receivers == 0)
        {
            return Owner is null ? Signature : $"{Owner}.{Signature}";
        }

        string[] parameters = Signature[(Name.Length + 1)..^1].Split(", ");
        return $"{Name}({string.Join(", ", parameters[Math.Min(receivers, parameters.Length)..])})";
    }

    public NativeFunction Handler { get; }

    public IntrinsicTraits Traits { get; }

    public string[] ParameterNames { get; }

    /// <summary>How many parameters, the first ones, must be given.</summary>
    public int RequiredParameters { get; }

    /// <summary>The fewest arguments that a call may have.</summary>
    public int MinArguments { get; }

    /// <summary><see cref="int.MaxValue"/> when it takes any number.</summary>
    public int MaxArguments { get; }
}
