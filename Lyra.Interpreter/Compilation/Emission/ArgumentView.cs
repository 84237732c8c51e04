using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>An argument of a call or a field of a struct literal; <paramref name="Name"/> is null for a positional one.</summary>
internal readonly record struct ArgumentView(string? Name, Expression Value, SourceSpan Span);

/// <summary>The arguments of a call, or the fields of a struct literal as arguments.</summary>
internal readonly struct ArgumentList
{
    private readonly ImmutableArray<CallArgument> _arguments;
    private readonly ImmutableArray<FieldInitializer> _fields;

    public ArgumentList(ImmutableArray<CallArgument> arguments)
    {
        _arguments = arguments;
    }

    public ArgumentList(ImmutableArray<FieldInitializer> fields)
    {
        _fields = fields;
    }

    public int Length => _fields.IsDefault ? _arguments.Length : _fields.Length;

    public ArgumentView this[int index] => _fields.IsDefault
        ? new(_arguments[index].Name, _arguments[index].Value, _arguments[index].Span)
        : new(_fields[index].Name, _fields[index].Value, _fields[index].NameSpan);
}
