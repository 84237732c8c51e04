using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Cli.Repl;

/// <summary>The members of the value in front of a dot, if that is a name of the session, a field of it, or a string.</summary>
internal static class MemberNames
{
    public static IEnumerable<string> Before(LyraEngine engine, SourceText source, Token[] tokens, int dot)
    {
        int at = dot - 1;
        if (at >= 0 && tokens[at].Kind is TokenKind.String or TokenKind.TemplateTail)
        {
            return MethodsOf(ValueKind.Str);
        }

        return TryRead(engine, source, tokens, at, out Value value) ? Of(value) : [];
    }

    /// <summary>Reads a name, or a field of a value that can be read in this way.</summary>
    private static bool TryRead(LyraEngine engine, SourceText source, Token[] tokens, int at, out Value value)
    {
        value = default;
        if (at < 0 || tokens[at].Kind != TokenKind.Identifier)
        {
            return false;
        }

        string name = source.GetText(tokens[at].Span);
        if (at > 0 && tokens[at - 1].Kind is TokenKind.Dot or TokenKind.QuestionDot)
        {
            return TryRead(engine, source, tokens, at - 2, out Value owner) && TryReadField(owner, name, out value);
        }

        bool isGlobal = engine.Globals.TryGetValue(name, out LyraValue global);
        value = global.Raw;
        return isGlobal;
    }

    private static bool TryReadField(in Value owner, string name, out Value value)
    {
        value = default;
        switch (owner.Ref)
        {
            case StructObject instance when instance.Shape.IndexOf(name) is >= 0 and int field:
                value = instance.Slot(field);
                return true;
            case ModuleInstance module when module.TryGetExport(name, out int slot) && !module.Slots[slot].IsUnset:
                value = module.Slots[slot];
                return true;
            default:
                return false;
        }
    }

    private static IEnumerable<string> Of(in Value value) => value.Ref switch
    {
        StructObject instance => instance.Shape.Fields.Select(static field => field.Name).Concat(instance.Shape.MethodNames),
        Shape type => type.StaticNames,
        ModuleInstance module => module.Exports.Keys,
        ErrorObject => Members.OfError,
        TaskObject => Members.OfTask.Concat(MethodsOf(ValueKind.Task)),
        _ => MethodsOf(value.Kind),
    };

    /// <summary>The methods of a built-in type, among them the builtins that are methods of all values.</summary>
    private static IEnumerable<string> MethodsOf(ValueKind kind) =>
        LibraryTable.AllMethods(kind).Concat(LibraryTable.AllBuiltins().Where(static builtin => builtin.Has(IntrinsicTraits.MethodFirst)))
            .Select(static method => method.Name);
}
