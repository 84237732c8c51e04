using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>An argument of a call or a field of a struct literal; <paramref name="Name"/> is null for a positional one.</summary>
internal readonly record struct ArgumentView(string? Name, Expression Value, SourceSpan Span)
{
    public static ArgumentView[] Of(ImmutableArray<CallArgument> arguments)
    {
        ArgumentView[] result = new ArgumentView[arguments.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = new(arguments[i].Name, arguments[i].Value, arguments[i].Span);
        }

        return result;
    }

    public static ArgumentView[] Of(ImmutableArray<FieldInitializer> fields)
    {
        ArgumentView[] result = new ArgumentView[fields.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = new(fields[i].Name, fields[i].Value, fields[i].NameSpan);
        }

        return result;
    }
}
