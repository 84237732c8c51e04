using System;
using System.Threading;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>
/// The implementation of a proc in C#. The caller has resolved named arguments and checked the number of arguments. Optional arguments
/// omitted at the end are absent from <paramref name="arguments"/>; one omitted before a named argument is <see cref="Value.Unset"/>. The
/// span stays valid while the proc calls script code.
/// </summary>
internal delegate Value NativeFunction(ScriptContext context, ReadOnlySpan<Value> arguments);

/// <summary>One row of the library's table: signature, handler, effects and id. Immutable and shared.</summary>
internal sealed class Intrinsic
{
    private NativeProc? _proc;

    /// <summary>Bytes of the row if it belongs to one proc, which the host made from a delegate; 0 for the library's rows.</summary>
    public long OwnedBytes { get; init; }

    /// <param name="signature">
    /// Name and parameters as documented: <c>insert(list, i, v?)</c>. A <c>?</c> marks an optional parameter; <c>...</c> before the last
    /// parameter marks any number of arguments.
    /// </param>
    /// <param name="handler">The implementation.</param>
    /// <param name="traits">The effects; <see cref="IntrinsicTraits.None"/> means that it may have any effect.</param>
    /// <param name="id">
    /// The id for which compiled code has operations of its own; <see cref="IntrinsicId.None"/> when there are none.
    /// </param>
    /// <param name="owner">The module or type it is a member of; null for a builtin.</param>
    /// <param name="least">The fewest arguments, if that is more than the number of required parameters.</param>
    public Intrinsic(
        string signature,
        NativeFunction handler,
        IntrinsicTraits traits = IntrinsicTraits.None,
        IntrinsicId id = IntrinsicId.None,
        string? owner = null,
        int least = 0)
    {
        Signature = signature;
        Owner = owner;
        Handler = handler;
        Traits = traits;
        Id = id;
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

    /// <summary>For example <c>print</c>, <c>math.sqrt</c> or <c>list.sort</c>.</summary>
    public string QualifiedName => Owner is null ? Name : $"{Owner}.{Name}";

    /// <summary>The proc as a script value. It is always the same object, so that all references to a builtin are identical.</summary>
    public NativeProc Proc => _proc ?? Interlocked.CompareExchange(ref _proc, new NativeProc(this), null) ?? _proc;

    public string Signature { get; }

    /// <summary>
    /// The signature as a caller writes it: <c>math.floor(x)</c> for a module's proc; <c>push(v)</c>, without the first
    /// <paramref name="receivers"/> parameters, for a method.
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

    /// <summary>The methods among which the handler chooses; empty where it is one method.</summary>
    public Intrinsic[] Overloads { get; init; } = [];

    public IntrinsicTraits Traits { get; }

    /// <summary>Whether scripts read it as a property of a type, without a call.</summary>
    public bool IsProperty { get; init; }

    /// <summary>Whether it has all of these traits.</summary>
    public bool Has(IntrinsicTraits traits) => (Traits & traits) == traits;

    /// <summary>The id on which the compiler dispatches.</summary>
    public IntrinsicId Id { get; }

    public string[] ParameterNames { get; }

    /// <summary>The number of required parameters, which come first.</summary>
    public int RequiredParameters { get; }

    /// <summary>The fewest arguments that a call may have.</summary>
    public int MinArguments { get; }

    /// <summary>
    /// With <see cref="IntrinsicTraits.Scripted"/>: the fewest arguments of a call that a proc in Lyra executes. The handler executes calls
    /// with fewer.
    /// </summary>
    public int ScriptedFrom { get; init; }

    /// <summary>The proc of the library's structs that makes the value which the intrinsic returns; null for all others.</summary>
    public string? Maker { get; init; }

    /// <summary>Whether a proc in Lyra executes a call with so many arguments, counting the receiver.</summary>
    public bool IsScripted(int count) =>
        (Traits & IntrinsicTraits.Scripted) != 0 && count >= ScriptedFrom && count >= MinArguments && count <= MaxArguments;

    /// <summary>The most arguments that a call may have; <see cref="int.MaxValue"/> for any number.</summary>
    public int MaxArguments { get; }
}
