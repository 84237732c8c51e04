using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Analysis;

/// <summary>Names that nothing uses, and containers that nothing reads.</summary>
internal static class UnusedRules
{
    public static void Apply(SourceModule module)
    {
        Usages usages = module.Usages;
        if (usages.IsIncomplete)
        {
            return;
        }

        CheckVariables(module, usages);
        CheckParameters(module, usages);
        CheckImports(module, usages);
        CheckProcs(module, usages);
    }

    private static void CheckVariables(SourceModule module, Usages usages)
    {
        foreach ((BindingPattern binding, Expression? initializer) in usages.Variables)
        {
            if (module.Resolved.SymbolOf(binding) is not { } symbol || IsExempt(symbol) || IsOfTopLevel(symbol))
            {
                continue;
            }

            SymbolUse use = usages.Of(symbol);
            if (use is { Reads: 0, Fills: 0 })
            {
                Report(module, ReportRules.UnusedVariable, new SourceSpan(binding.Span.Start, binding.Name.Length), binding.Name);
            }
            else if (use is { Reads: 0, Writes: 0 } && IsFresh(module, initializer))
            {
                Report(module, ReportRules.NeverRead, new SourceSpan(binding.Span.Start, binding.Name.Length), binding.Name);
            }
        }
    }

    /// <summary>Whether a variable is one of the top level, or of a loop or a pattern there.</summary>
    private static bool IsOfTopLevel(Symbol symbol) =>
        symbol.IsAtTopLevel || (symbol.Kind == SymbolKind.Binding && symbol.Owner.Kind == ProcKind.Module);

    /// <summary>Whether an expression makes a container that nothing else refers to.</summary>
    private static bool IsFresh(SourceModule module, Expression? initializer) => initializer switch
    {
        ListLiteral or MapLiteral or Comprehension => true,
        CallExpression { Callee: NameExpression { Name: "set" or "list" or "map" } callee } =>
            module.Resolved.SymbolOf(callee) is { Kind: SymbolKind.Builtin },
        _ => false,
    };

    private static void CheckParameters(SourceModule module, Usages usages)
    {
        foreach ((Parameter parameter, ProcNode proc) in usages.Parameters)
        {
            bool isHook = proc.Name?.StartsWith("__", StringComparison.Ordinal) is true;
            if (isHook || parameter.Target is not null || parameter.Name == "self"
                || module.Resolved.SymbolOf(parameter) is not { } symbol || IsExempt(symbol))
            {
                continue;
            }

            SymbolUse use = usages.Of(symbol);
            if (use is { Reads: 0, Fills: 0 })
            {
                Report(module, ReportRules.UnusedParameter, parameter.NameSpan, parameter.Name);
            }
        }
    }

    private static void CheckImports(SourceModule module, Usages usages)
    {
        HashSet<string> inTypes = TypeNames.Of(module);
        foreach (Statement statement in module.Tree.Statements)
        {
            switch (statement)
            {
                case ImportModule import when module.Resolved.SymbolOf(import) is { } symbol && IsUnused(symbol):
                    module.Reports.Add(
                        ReportRules.UnusedImport, import.NameSpan, false, ImportEdits.Whole(module, import, import.Path), import.Name);
                    break;
                case ImportNames import:
                    foreach (ImportedName name in import.Names)
                    {
                        if (module.Resolved.SymbolOf(name) is { } bound && IsUnused(bound))
                        {
                            module.Reports.Add(
                                ReportRules.UnusedImport, name.Span, false, ImportEdits.Part(module, import, name), name.Alias);
                        }
                    }

                    break;
            }
        }

        bool IsUnused(Symbol symbol) =>
            usages.Of(symbol) is { Reads: 0, Fills: 0 } && !inTypes.Contains(symbol.Name) && !IsExempt(symbol);
    }

    private static void CheckProcs(SourceModule module, Usages usages)
    {
        if (module.HasExports || module.Project.IsImported(module))
        {
            foreach (Statement statement in module.Tree.Statements)
            {
                if (statement is ProcDeclaration { IsPublic: false } proc && !IsCalledByName(proc.Proc.Name!))
                {
                    CheckProc(module, usages, proc);
                }
            }
        }

        foreach (ProcDeclaration proc in usages.NestedProcs)
        {
            CheckProc(module, usages, proc);
        }
    }

    private static void CheckProc(SourceModule module, Usages usages, ProcDeclaration proc)
    {
        if (module.Resolved.SymbolOf(proc) is { } symbol && !IsExempt(symbol) && usages.Of(symbol).Reads == 0)
        {
            Report(module, ReportRules.UnusedProc, proc.Proc.NameSpan, proc.Proc.Name!);
        }
    }

    /// <summary>Whether <c>lyra test</c> calls a proc of this name.</summary>
    private static bool IsCalledByName(string name) =>
        name.StartsWith("test_", StringComparison.Ordinal) || name is "setup" or "teardown";

    private static bool IsExempt(Symbol symbol) => symbol.Name.Length == 0 || !(char.IsLetter(symbol.Name[0]));

    private static void Report(SourceModule module, ReportRule rule, SourceSpan span, string name) =>
        module.Reports.Add(rule, span, false, null, name);
}
