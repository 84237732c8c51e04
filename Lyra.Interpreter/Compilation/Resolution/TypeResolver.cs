using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>Resolves annotations, and the types that patterns test.</summary>
internal sealed class TypeResolver(SymbolTable symbols, ResolvedModule module, CompilerOptions options, DiagnosticBag diagnostics)
{
    /// <summary>The type that an annotation denotes; null for <c>any</c>.</summary>
    public SlotType? Resolve(TypeNode node, string slotName)
    {
        SlotType type = ReadType(node) with { SlotName = slotName };
        module.Types[node] = type;
        return type.Kind == SlotKind.Any ? null : type;
    }

    private SlotType ReadType(TypeNode node) => node switch
    {
        NamedTypeNode { Module: null } named => ReadNamedType(named),
        NamedTypeNode named => ReadModuleType(named),
        ListTypeNode list => new SlotType(SlotKind.List, false, [ReadType(list.Element)]),
        MapTypeNode map => new SlotType(SlotKind.Map, false, [ReadType(map.Key), ReadType(map.Value)]),
        SetTypeNode set => new SlotType(SlotKind.Set, false, [ReadType(set.Element)]),
        TupleTypeNode tuple => new SlotType(SlotKind.Tuple, false, ReadTypes(tuple.Items)),
        ProcTypeNode proc => ReadProcType(proc),
        NullableTypeNode nullable => ReadType(nullable.Inner) with { IsNullable = true },
        _ => SlotType.AnyType,
    };

    private SlotType[] ReadTypes(ImmutableArray<TypeNode> nodes)
    {
        SlotType[] types = new SlotType[nodes.Length];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = ReadType(nodes[i]);
        }

        return types;
    }

    /// <summary>The type of a proc annotation. Only its kind is enforced, but the names in it must exist.</summary>
    private SlotType ReadProcType(ProcTypeNode proc)
    {
        ReadTypes(proc.Parameters);
        if (proc.Result is not null)
        {
            ReadType(proc.Result);
        }

        return new SlotType(SlotKind.Proc, false, []);
    }

    private SlotType ReadNamedType(NamedTypeNode node)
    {
        Symbol? symbol = LookupTypeName(node.Name);
        if (symbol is { Kind: SymbolKind.Struct or SymbolKind.Import })
        {
            return new SlotType(SlotKind.Struct, false, [], node.Name, symbol.Slot);
        }

        if (SlotInfo.OfName(node.Name) is { } kind)
        {
            return new SlotType(kind, false, []);
        }

        if (HostTypeOf(node.Name, node.Span) is { } host)
        {
            return host;
        }

        diagnostics.Report(CompilerDiagnostics.UnknownType, node.Span, node.Name, NameHints.ForType(node.Name));
        return SlotType.AnyType;
    }

    /// <summary>
    /// Finds the symbol of a type. Only structs and imported names are types; a variable with a type's name does not hide the type.
    /// </summary>
    private Symbol? LookupTypeName(string name)
    {
        for (Scope? scope = symbols.Scope; scope is not null; scope = scope.Parent)
        {
            if (!scope.TryGet(name, out Symbol symbol) || !symbol.IsModuleVariable)
            {
                continue;
            }

            if (symbol.Kind is SymbolKind.Struct or SymbolKind.Import)
            {
                return symbol;
            }
        }

        return options.Input?.Find(name) is { Slot: >= 0 } earlier ? symbols.BoundSymbol(earlier) : null;
    }

    /// <summary>
    /// A type that the host defines in the engine, which the linker checks. Null for a name that means something else, and for one that
    /// the engine does not have.
    /// </summary>
    private SlotType? HostTypeOf(string name, SourceSpan span)
    {
        if (symbols.Lookup(name) is not null || options.Input?.Find(name) is not null || symbols.IsBuiltin(name))
        {
            return null;
        }

        bool isKnown = options.KnownExternals?.Invoke(name) ?? !options.Builtins.IsModule(name);
        if (!isKnown)
        {
            return null;
        }

        int slot = symbols.ExternalSymbol(name, span, isAssigned: false).Slot;
        module.Externals[slot] = module.Externals[slot] with { IsType = true };
        return new SlotType(SlotKind.Host, false, [], name, slot);
    }

    private SlotType ReadModuleType(NamedTypeNode node)
    {
        Symbol? import = LookupTypeName(node.Module!);
        if (import is { Kind: SymbolKind.Import })
        {
            return new SlotType(SlotKind.Struct, false, [], $"{node.Module}.{node.Name}", import.Slot, node.Name);
        }

        diagnostics.Report(CompilerDiagnostics.UnknownType, node.Span, $"{node.Module}.{node.Name}", NameHints.ForType(node.Name));
        return SlotType.AnyType;
    }

    /// <summary>The type that a struct pattern tests; null if an error was reported.</summary>
    public SlotType? StructTypeOf(Expression type)
    {
        Symbol? symbol = type is NameExpression ? module.SymbolOf(type) : null;
        if (symbol is { Kind: SymbolKind.Struct or SymbolKind.Import })
        {
            return new SlotType(SlotKind.Struct, false, [], symbol.Name, symbol.Slot);
        }

        if (symbol is { Kind: SymbolKind.External })
        {
            return HostTypeOf(symbol.Name, type.Span);
        }

        if (symbol is { Kind: SymbolKind.Error })
        {
            return null;
        }

        if (type is MemberExpression { Target: NameExpression target } member
            && module.SymbolOf(target) is { Kind: SymbolKind.Import } import)
        {
            return new SlotType(SlotKind.Struct, false, [], $"{target.Name}.{member.Name}", import.Slot, member.Name);
        }

        diagnostics.Report(CompilerDiagnostics.NotAStruct, type.Span, type is NameExpression name ? name.Name : "this");
        return null;
    }
}
