using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// Finds uses of library modules that fail at run time: unknown members, and calls with wrong arguments. They are warnings, because a
/// program may catch the errors; in the body of a <c>try</c> with a <c>catch</c>, nothing is reported.
/// </summary>
internal sealed class LibraryUse(ResolvedModule module, CompilerOptions options, DiagnosticBag diagnostics)
{
    /// <summary>The number of <c>try</c> bodies with a <c>catch</c> around the present position.</summary>
    public int CatchDepth { get; set; }

    /// <summary>Checks a member without a symbol, and so without a meaning in the library.</summary>
    public void CheckMember(MemberExpression member)
    {
        if (CatchDepth > 0 || module.SymbolOf(member.Target)?.LibraryModule is not string library)
        {
            return;
        }

        diagnostics.Report(CompilerDiagnostics.UnknownMember, member.NameSpan, library, member.Name);
    }

    public void CheckImport(ImportNames import)
    {
        foreach (ImportedName name in import.Names)
        {
            if (options.Builtins.IsModuleMember(import.Path.Text, name.Name))
            {
                continue;
            }

            diagnostics.Report(CompilerDiagnostics.UnknownMember, name.Span, import.Path.Text, name.Name);
        }
    }

    public void CheckCall(CallExpression call)
    {
        if (CatchDepth > 0 || module.SymbolOf(call.Callee) is not { } callee)
        {
            return;
        }

        string? name = callee.Kind == SymbolKind.Builtin && callee.Name.Contains('.') ? callee.Name : callee.LibraryMember;
        if (name is not null && options.Builtins.FindProc(name) is { } proc && FaultOf(proc, call) is string fault)
        {
            diagnostics.Report(CompilerDiagnostics.LibraryCall, call.Callee.Span, fault, proc.SignatureBehind(0));
        }
    }

    /// <summary>The reason why the arguments are refused; null if they are accepted. Mirrors the binding at run time.</summary>
    private static string? FaultOf(Intrinsic proc, CallExpression call)
    {
        int positional = call.Arguments.Count(static argument => argument.Kind == ArgumentKind.Positional);
        bool hasSpread = call.Arguments.Any(static argument => argument.Kind == ArgumentKind.Spread);
        HashSet<string> given = [.. proc.ParameterNames.Take(positional)];
        int count = positional;
        foreach (CallArgument argument in call.Arguments)
        {
            if (argument.Kind != ArgumentKind.Named)
            {
                continue;
            }

            int index = Array.IndexOf(proc.ParameterNames, argument.Name);
            if (index < 0)
            {
                return $"{proc.Name} has no parameter {argument.Name}";
            }

            if (!given.Add(argument.Name!))
            {
                return $"{proc.Name} is given {argument.Name} twice";
            }

            count = Math.Max(count, index + 1);
        }

        int least = hasSpread ? 0 : proc.MinArguments;
        string? missing = proc.ParameterNames.Take(proc.RequiredParameters).FirstOrDefault(parameter => !given.Contains(parameter));
        if (count > positional && missing is not null && !hasSpread)
        {
            return $"{proc.Name} needs {missing}";
        }

        return count < least || count > proc.MaxArguments
            ? Counts.Arguments(proc.Name, proc.MinArguments, proc.MaxArguments, count)
            : null;
    }
}
