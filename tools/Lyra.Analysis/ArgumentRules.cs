using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>Arguments that a known proc does not take, and values that it does not use as they are meant.</summary>
internal static class ArgumentRules
{
    private static readonly string[] Texts = ["print", "write", "tostring"];

    /// <summary>Checks the names and the number of arguments.</summary>
    public static void CheckCount(Walker walker, CallExpression call, ProcShape shape)
    {
        HashSet<string> named = [];
        int positional = 0;
        foreach (CallArgument argument in call.Arguments)
        {
            switch (argument.Kind)
            {
                case ArgumentKind.Spread:
                    return;
                case ArgumentKind.Positional:
                    positional++;
                    break;
                case ArgumentKind.Named:
                    named.Add(argument.Name!);
                    if (!shape.Parameters.Contains(argument.Name))
                    {
                        string? nearest = Hints.NearestOf(argument.Name!, shape.Parameters);
                        string hint = nearest is null ? "." : Hints.Of(nearest);
                        walker.Report(
                            ReportRules.UnknownArgument,
                            argument.NameSpan,
                            Hints.Edit(walker.Module.Source, argument.NameSpan, nearest, shape.Parameters),
                            shape.Name,
                            argument.Name!,
                            hint);
                        return;
                    }

                    break;
            }
        }

        if (positional > shape.Most)
        {
            CallArgument extra = call.Arguments.Where(static argument => argument.Kind == ArgumentKind.Positional).ElementAt(shape.Most);
            walker.Report(ReportRules.TooManyArguments, extra.Span, shape.Name, Takes(shape), Were(positional));
        }
        else if (FindMissing(shape, positional, named) is { } missing)
        {
            SourceSpan span = call.Callee is MemberExpression member ? member.NameSpan : call.Callee.Span;
            walker.Report(ReportRules.TooFewArguments, span, shape.Name, missing);
        }
    }

    /// <summary>Checks a value that becomes text.</summary>
    public static void CheckText(Walker walker, KnownType callee, Expression value, KnownType type)
    {
        if (callee.Single is { Proc.Library: { Owner: null } row } && Texts.Contains(row.Name))
        {
            CheckText(walker, value, type);
        }
    }

    /// <summary>Checks a value that becomes text.</summary>
    public static void CheckText(Walker walker, Expression value, KnownType type)
    {
        Expression inner = value is OptionalChain chain ? chain.Chain : value;
        if (type.IsOnly(ValueKind.Task) && inner is CallExpression)
        {
            AwaitRules.Report(walker, inner);
        }

        TypeAtom? proc = type.Atoms.FirstOrDefault(static atom => atom.Kind == ValueKind.Proc);
        bool isProc = type.IsOnly(ValueKind.Proc) || (value is OptionalChain && type.IsOnly(ValueKind.Proc, ValueKind.Nil));
        if (isProc && inner is MemberExpression member && proc is { Proc.IsBound: true })
        {
            string owner = walker.Peek(member.Target).Display();
            walker.Report(
                ReportRules.UncalledMethod,
                member.NameSpan,
                proc.Proc!.Needed.Count == 0 ? new TextEdit(member.NameSpan.End, 0, "()") : null,
                member.Name,
                owner);
        }
    }

    /// <summary>Checks <c>xs.contains(x => …)</c>.</summary>
    public static void CheckProcElement(Walker walker, CallExpression call, ProcShape shape)
    {
        bool compares = shape is { IsBound: true, Name: "contains" or "remove", Library: not null };
        if (!compares || call is not { Callee: MemberExpression member, Arguments: [{ Kind: ArgumentKind.Positional } argument] })
        {
            return;
        }

        KnownType target = walker.Peek(member.Target);
        bool isSequence = target.IsOnly(ValueKind.List, ValueKind.Set, ValueKind.Tuple);
        bool isOther = argument.Value is LambdaExpression
            || (walker.Peek(argument.Value).IsOnly(ValueKind.Proc) && target.Single?.Element is { IsKnown: true } element
                && !element.Has(ValueKind.Proc));
        if (isSequence && isOther)
        {
            walker.Report(
                ReportRules.ProcAsElement, argument.Span, member.Name, member.Name == "contains" ? "any(f)" : "removeAll(f)");
        }
    }

    private static string? FindMissing(ProcShape shape, int positional, HashSet<string> named)
    {
        foreach (string name in shape.Needed)
        {
            int index = Array.IndexOf(shape.Parameters, name);
            if (index >= positional && !named.Contains(name))
            {
                return name;
            }
        }

        return null;
    }

    private static string Takes(ProcShape shape) =>
        shape.Most == 0 ? "no arguments"
        : shape.Needed.Count == shape.Most ? Count(shape.Most)
        : $"{shape.Needed.Count} to {Count(shape.Most)}";

    private static string Count(int number) => number == 1 ? "1 argument" : $"{number} arguments";

    private static string Were(int number) => number == 1 ? "1 was given" : $"{number} were given";
}
