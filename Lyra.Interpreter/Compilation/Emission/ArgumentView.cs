using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>An argument of a call or a field of a struct literal; <paramref name="Name"/> is null for a positional one.</summary>
internal readonly record struct ArgumentView(string? Name, Expression Value, SourceSpan Span)
{
    public static ImmutableArray<ArgumentView> Of(ImmutableArray<CallArgument> arguments)
    {
        ImmutableArray<ArgumentView>.Builder result = ImmutableArray.CreateBuilder<ArgumentView>(arguments.Length);
        foreach (CallArgument argument in arguments) result.Add(new(argument.Name, argument.Value, argument.Span));
        return result.MoveToImmutable();
    }

    public static ImmutableArray<ArgumentView> Of(ImmutableArray<FieldInitializer> fields)
    {
        ImmutableArray<ArgumentView>.Builder result = ImmutableArray.CreateBuilder<ArgumentView>(fields.Length);
        foreach (FieldInitializer field in fields) result.Add(new(field.Name, field.Value, field.NameSpan));
        return result.MoveToImmutable();
    }
}
