using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>What a caller must know of a proc.</summary>
/// <param name="Name">The name in messages.</param>
/// <param name="Kind">The kind.</param>
/// <param name="ParameterNames">The names of the parameters.</param>
/// <param name="HasDefault">For each parameter, whether a call may omit it.</param>
/// <param name="HasRest">Whether the last parameter takes all further arguments.</param>
internal sealed record StackSignature(string Name, ProcKind Kind, string[] ParameterNames, bool[] HasDefault, bool HasRest)
{
    /// <summary>The fewest positional arguments.</summary>
    public int RequiredCount { get; } = System.Array.LastIndexOf(HasDefault, false) + 1;

    /// <summary>The parameters that take one argument each.</summary>
    public int FixedCount => HasRest ? ParameterNames.Length - 1 : ParameterNames.Length;

    public static StackSignature Of(ProcContext context, ImmutableArray<Parameter> parameters) => new(
        context.Name,
        context.Kind,
        [.. parameters.Select(parameter => parameter.Name)],
        [.. parameters.Select(parameter => parameter.DefaultValue is not null || parameter.IsRest)],
        parameters.Length > 0 && parameters[^1].IsRest);

    public static StackSignature OfConstructor(StructDeclaration declaration) => new(
        declaration.Name,
        ProcKind.Constructor,
        [.. declaration.Fields.Select(field => field.Name)],
        [.. declaration.Fields.Select(field => field.DefaultValue is not null)],
        false);
}
