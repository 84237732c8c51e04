using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Execution;

namespace Lyra.Analysis;

/// <summary>What is known about calls of a proc: its parameters and its result.</summary>
/// <param name="Name">The name as messages show it.</param>
/// <param name="Parameters">The names of the parameters that a call gives, without the receiver.</param>
/// <param name="Required">The fewest arguments.</param>
/// <param name="Most">The most arguments; <see cref="int.MaxValue"/> for any number.</param>
internal sealed record ProcShape(string Name, string[] Parameters, int Required, int Most)
{
    /// <summary>Computes the type of the result.</summary>
    public required Func<KnownType> Result { get; init; }

    /// <summary>The row of the library; null for procs of scripts.</summary>
    public Intrinsic? Library { get; init; }

    /// <summary>The proc in the source; null for procs of the library and constructors.</summary>
    public ProcNode? Node { get; init; }

    /// <summary>Whether a receiver is already bound to it.</summary>
    public bool IsBound { get; init; }

    /// <summary>Whether the library chooses a method of the first argument with the same name.</summary>
    public bool PrefersMethods => Library is { Owner: null } row && !IsBound && row.Has(IntrinsicTraits.MethodFirst);

    /// <summary>The parameters that a call must give.</summary>
    public IReadOnlyList<string> Needed { get; init; } = Parameters[..Math.Min(Required, Parameters.Length)];

    /// <summary>A shape of a proc in the source.</summary>
    /// <param name="node">The proc.</param>
    /// <param name="receivers">The number of parameters that are given already.</param>
    /// <param name="result">Computes the type of the result.</param>
    public static ProcShape Of(ProcNode node, int receivers, Func<KnownType> result)
    {
        Parameter[] given = [.. node.Parameters.Skip(receivers)];
        return new ProcShape(
            node.Name ?? "the lambda",
            [.. given.Where(static parameter => !parameter.IsRest).Select(static parameter => parameter.Name)],
            given.Count(static parameter => parameter is { IsRest: false, DefaultValue: null }),
            given.Any(static parameter => parameter.IsRest) ? int.MaxValue : given.Length)
        {
            Result = result,
            Node = node,
            IsBound = receivers > 0,
        };
    }

    /// <summary>A shape of a row of the library.</summary>
    public static ProcShape Of(Intrinsic row, int receivers, Func<KnownType> result) => new(
        row.Name,
        [.. row.ParameterNames.Skip(receivers)],
        Math.Max(0, row.MinArguments - receivers),
        row.MaxArguments == int.MaxValue ? int.MaxValue : row.MaxArguments - receivers)
    {
        Result = result,
        Library = row,
        IsBound = receivers > 0,
    };
}
