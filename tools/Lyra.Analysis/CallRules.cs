using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Library;

namespace Lyra.Analysis;

/// <summary>Calls: what they give, and those that fail.</summary>
internal static class CallRules
{
    private static readonly ValueKind[] Callable =
        [ValueKind.Proc, ValueKind.StructType, ValueKind.Struct, ValueKind.Host];

    /// <summary>The type of the result of a call.</summary>
    public static KnownType Evaluate(Walker walker, CallExpression call)
    {
        KnownType callee = walker.Evaluate(call.Callee);
        bool expectsErrors = callee.Single is { Proc.Library.QualifiedName: "test.throws" };
        KnownType? first = null;
        foreach (CallArgument argument in call.Arguments)
        {
            KnownType type = expectsErrors ? walker.EvaluateGuarded(argument.Value) : walker.Evaluate(argument.Value);
            first ??= argument.Kind == ArgumentKind.Positional ? type : KnownType.Any;
            ArgumentRules.CheckText(walker, callee, argument.Value, type);
        }

        if (!callee.IsKnown)
        {
            return KnownType.Any;
        }

        if (!callee.Atoms.Any(static atom => Callable.Contains(atom.Kind)))
        {
            walker.Report(ReportRules.NotCallable, call.Callee.Span, callee.Display(), HiddenBuiltin(walker, call.Callee));
            return KnownType.Any;
        }

        return ResultOf(walker, call, callee, first);
    }

    private static KnownType ResultOf(Walker walker, CallExpression call, KnownType callee, KnownType? first)
    {
        KnownType result = KnownType.Never;
        foreach (TypeAtom atom in callee.Atoms)
        {
            ProcShape? shape = ShapeOf(atom);
            bool isReplaced = shape is null || (shape.PrefersMethods && first is not null && MayHaveMethods(first));
            result = isReplaced ? KnownType.Any : result.Join(shape!.Result());
            if (!isReplaced && callee.Atoms.Length == 1)
            {
                Check(walker, call, shape!);
            }

            if (result.IsAny)
            {
                break;
            }
        }

        if (callee.Single is { Proc.Library: { Owner: null, Name: "exit" } })
        {
            walker.End();
        }

        return result.Atoms.IsEmpty ? KnownType.Any : result;
    }

    private static void Check(Walker walker, CallExpression call, ProcShape shape)
    {
        ArgumentRules.CheckProcElement(walker, call, shape);
        bool isCompiled = call.Callee is NameExpression or MemberExpression
            && walker.Resolved.SymbolOf(call.Callee) is { Kind: SymbolKind.Proc or SymbolKind.Struct or SymbolKind.Case };
        if (!isCompiled)
        {
            ArgumentRules.CheckCount(walker, call, shape);
        }
    }

    private static ProcShape? ShapeOf(TypeAtom atom) => atom switch
    {
        { Kind: ValueKind.Proc } => atom.Proc,
        { Kind: ValueKind.StructType, Struct: { IsPartial: false } info } => TypeMembers.ConstructorOf(info),
        _ => null,
    };

    /// <summary>Whether the first argument may have a method that the library calls instead of a builtin.</summary>
    private static bool MayHaveMethods(KnownType first) =>
        !first.IsKnown || first.Has(ValueKind.Struct) || first.Has(ValueKind.Host);

    private static string HiddenBuiltin(Walker walker, Expression callee) =>
        callee is NameExpression name && LibraryTable.FindBuiltin(name.Name) is not null
            && walker.Resolved.SymbolOf(name) is { Kind: not SymbolKind.Builtin }
            ? $"; `{name.Name}` is a variable here that hides the builtin, so give it another name"
            : "";
}
