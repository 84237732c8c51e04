using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>Procs and structs.</summary>
internal sealed partial class ScopeResolver
{
    private const string LambdaName = "<lambda>";

    private void ResolveProcDeclaration(ProcDeclaration declaration)
    {
        Symbol symbol = _module.Symbols[declaration];
        symbol.IsReached = true;
        symbol.IsBeingMade = !symbol.IsAtTopLevel;
        ProcContext proc = ResolveProc(declaration.Proc);
        symbol.IsBeingMade = false;
        if (!symbol.IsAtTopLevel)
        {
            _symbols.Scope.NestedProcs.Add((symbol, proc));
        }
    }

    private ProcContext ResolveProc(ProcNode node) =>
        ResolveProc(node, new ProcContext(_symbols.Context, node.Name ?? LambdaName, KindOf(node), node));

    private static ProcKind KindOf(ProcNode node) =>
        node.IsAsync ? ProcKind.Async : node.ContainsYield ? ProcKind.Generator : ProcKind.Normal;

    private ProcContext ResolveProc(ProcNode node, ProcContext context)
    {
        _module.Procs.Add(node, context);
        _options.Meter.Count(CompilationCosts.Proc);
        int blocksOutside = _blockCount;
        Scope outer = Enter(context);
        foreach (Parameter parameter in node.Parameters)
        {
            ResolveParameter(parameter);
        }

        foreach (Parameter parameter in node.Parameters)
        {
            if (parameter.Target is not null)
            {
                DeclareTarget(parameter.Target, SymbolKind.Binding);
            }
        }

        context.ResultType = node.ResultType is null ? null : _types.Resolve(node.ResultType, "result of " + context.Name);
        ResolveBlock(node.Body);
        ExitTo(outer);
        _blockCount = blocksOutside;
        return context;
    }

    private void ResolveParameter(Parameter parameter)
    {
        SlotType? type = parameter.Annotation is null ? null : _types.Resolve(parameter.Annotation, "parameter " + parameter.Name);
        if (parameter.DefaultValue is not null)
        {
            Resolve(parameter.DefaultValue);
        }

        Symbol symbol = _symbols.DeclareLocal(parameter, parameter.Name, parameter.NameSpan, SymbolKind.Parameter);
        symbol.Type = parameter.IsRest && type is { Kind: not SlotKind.List }
            ? new SlotType(SlotKind.List, false, [type]) { SlotName = type.SlotName }
            : type;
    }

    private void ResolveStruct(StructLayout layout)
    {
        StructDeclaration declaration = layout.Declaration;
        layout.Symbol.IsReached = true;
        Scope outer = Enter(layout.Constructor);
        for (int i = 0; i < layout.Fields.Length; i++)
        {
            ResolveField(layout, i);
        }

        ExitTo(outer);
        if (declaration.Methods.Length > 0)
        {
            HashSet<string> names = [.. declaration.Fields.Select(static field => field.Name)];
            ResolveMethods(declaration.Methods, names, layout);
        }
    }

    /// <summary>Resolves the procs of a struct or enum.</summary>
    /// <param name="methods">The procs.</param>
    /// <param name="names">The names that other members have.</param>
    /// <param name="layout">The layout of the struct or enum.</param>
    private void ResolveMethods(IEnumerable<ProcNode> methods, HashSet<string> names, object layout)
    {
        foreach (ProcNode method in methods)
        {
            if (!names.Add(method.Name!))
            {
                _diagnostics.Report(CompilerDiagnostics.DuplicateName, method.NameSpan, method.Name!);
            }

            ProcContext context = new(_symbols.Context, method.Name!, KindOf(method), method)
            {
                IsStructMember = true,
                Layout = layout,
            };
            ResolveProc(method, context);
        }
    }

    private void ResolveField(StructLayout layout, int index)
    {
        FieldDeclaration field = layout.Fields[index];
        StructLayout origin = layout.Used.Count == 0 ? layout : Uses.OriginOf(field, layout);
        SlotType? type = field.Annotation is null ? null : Uses.TypeOf(field, origin, layout);
        if (origin != layout)
        {
            ResolveUsedDefault(layout, index, origin);
        }
        else if (field.DefaultValue is { } value && !PlainLiterals.Includes(value) && StructUses.ReplacesAdopted(layout, field))
        {
            _diagnostics.Report(CompilerDiagnostics.ComputedDefault, field.DefaultValue.Span, field.Name);
        }
        else if (field.DefaultValue is not null)
        {
            Resolve(field.DefaultValue);
        }

        if (origin == layout && layout.Used.Count > 0)
        {
            Uses.CheckReplaced(layout, field, type);
        }

        Symbol symbol = _symbols.DeclareLocal(field, field.Name, field.NameSpan, SymbolKind.Parameter);
        symbol.Type = type;
        layout.FieldSymbols.Add(symbol);
    }

    /// <summary>
    /// Resolves a copy of the default of a field that comes from another struct. The names in it mean what they mean there: the fields
    /// before it, and what surrounds the other struct.
    /// </summary>
    private void ResolveUsedDefault(StructLayout layout, int index, StructLayout origin)
    {
        FieldDeclaration field = layout.Fields[index];
        if (field.DefaultValue is null || origin.Origin is not null)
        {
            return;
        }

        Expression copy = Parser.ParseAgain(_symbols.Source, field.DefaultValue.Span, _options.Meter);
        _options.Meter.Count(CompilationCosts.Symbol * (long)index);
        HashSet<string> before = [.. origin.Fields.TakeWhile(other => other != field).Select(static other => other.Name)];
        Scope fields = _symbols.Scope;
        _symbols.Scope = new Scope(origin.Symbol.Scope, layout.Constructor) { View = (fields, before) };
        Resolve(copy);
        _symbols.Scope = fields;
        layout.SetDefault(index, copy);
    }
}
