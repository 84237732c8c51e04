using System;
using System.Collections.Generic;
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
    /// <summary>The most parts of a type, those of the types that names stand for included.</summary>
    private const int MaxParts = 1_000;

    /// <summary>The lists, maps, sets and procs around the type that is read now.</summary>
    private int _containers;

    /// <summary>The tuples around it.</summary>
    private int _tuples;

    /// <summary>The name whose type is read now; null outside of the types of names.</summary>
    private TypeAlias? _innermost;

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
        ListTypeNode list => new SlotType(SlotKind.List, false, ReadTypes([list.Element])),
        MapTypeNode map => new SlotType(SlotKind.Map, false, ReadTypes([map.Key, map.Value])),
        SetTypeNode set => new SlotType(SlotKind.Set, false, ReadTypes([set.Element])),
        TupleTypeNode tuple => ReadTuple(tuple),
        ProcTypeNode proc => ReadProcType(proc),
        UnionTypeNode union => ReadUnion(union),
        NullableTypeNode nullable => ReadType(nullable.Inner) with { IsNullable = true },
        _ => SlotType.AnyType,
    };

    /// <summary>Reads the types of the parts of a list, map, set or proc, which slots do not check.</summary>
    private SlotType[] ReadTypes(ReadOnlySpan<TypeNode> nodes)
    {
        _containers++;
        SlotType[] types = new SlotType[nodes.Length];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = Bounded(ReadType(nodes[i]), nodes[i].Span);
        }

        _containers--;
        return types;
    }

    private SlotType ReadTuple(TupleTypeNode tuple)
    {
        _tuples++;
        SlotType[] types = new SlotType[tuple.Items.Length];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = Bounded(ReadType(tuple.Items[i]), tuple.Items[i].Span);
        }

        _tuples--;
        return new SlotType(SlotKind.Tuple, false, types);
    }

    private SlotType ReadUnion(UnionTypeNode union)
    {
        List<SlotType> members = [];
        bool isNullable = false;
        foreach (TypeNode item in union.Items)
        {
            SlotType type = Bounded(ReadType(item), item.Span);
            if (type.Kind == SlotKind.Any)
            {
                return type;
            }

            isNullable |= type.IsNullable || type.Kind == SlotKind.Nil;
            foreach (SlotType member in type.Kind == SlotKind.Union ? type.Arguments : [type])
            {
                AddMember(members, member with { IsNullable = false });
            }
        }

        return members.Count switch
        {
            0 => new SlotType(SlotKind.Nil, false, []),
            1 => members[0] with { IsNullable = isNullable },
            _ => new SlotType(SlotKind.Union, isNullable, [.. members]),
        };
    }

    private static void AddMember(List<SlotType> members, SlotType member)
    {
        bool isNew = member.Kind != SlotKind.Nil && !members.Exists(known => known.IsSameType(member));
        if (isNew)
        {
            members.Add(member);
        }
    }

    /// <summary>The type itself; <c>any</c>, after a report, if names that stand for types with many parts make it too large.</summary>
    private SlotType Bounded(SlotType type, SourceSpan span)
    {
        if (type.PartCount <= MaxParts)
        {
            return type;
        }

        diagnostics.Report(CompilerDiagnostics.TypeTooLarge, span, $"{MaxParts}");
        return SlotType.AnyType;
    }

    /// <summary>
    /// The type that a declared name stands for. Inside its own type the name is looked up at run time below a list, map, set or proc, so
    /// that the type need not be infinite. In a tuple it stands for <c>any</c>: a slot checks the items of a tuple, whose number at all
    /// levels has no bound. Another name whose type is read meanwhile would keep that <c>any</c>, so two may not contain each other there.
    /// </summary>
    public SlotType Expand(Symbol symbol)
    {
        TypeAlias alias = symbol.Alias!;
        if (alias.Type is not null)
        {
            return alias.Type;
        }

        if (alias.Depth < 0)
        {
            return alias.Type = ReadAlias(symbol, alias);
        }

        if (_containers > alias.Depth)
        {
            return NamedType(symbol.Name, symbol.Slot) with { IsImported = true };
        }

        if (_tuples > alias.Tuples && ReferenceEquals(alias, _innermost))
        {
            return SlotType.AnyType;
        }

        diagnostics.Report(CompilerDiagnostics.CircularType, alias.Declaration.NameSpan, symbol.Name);
        return SlotType.AnyType;
    }

    private SlotType ReadAlias(Symbol symbol, TypeAlias alias)
    {
        Scope scope = symbols.Scope;
        symbols.Scope = symbol.Scope!;
        TypeAlias? outer = _innermost;
        _innermost = alias;
        (alias.Depth, alias.Tuples) = (_containers, _tuples);
        SlotType type = Bounded(ReadType(alias.Declaration.Type), alias.Declaration.Type.Span);
        alias.Depth = -1;
        _innermost = outer;
        symbols.Scope = scope;
        return type;
    }

    private static SlotType NamedType(string name, int slot, string? member = null) =>
        new(SlotKind.Struct, false, [], name, slot, member);

    /// <summary>The type of a proc annotation. Only its kind is enforced, but the names in it must exist.</summary>
    private SlotType ReadProcType(ProcTypeNode proc)
    {
        ReadTypes(proc.Parameters.AsSpan());
        if (proc.Result is not null)
        {
            ReadTypes([proc.Result]);
        }

        return new SlotType(SlotKind.Proc, false, []);
    }

    private SlotType ReadNamedType(NamedTypeNode node)
    {
        switch (LookupTypeName(node.Name))
        {
            case var found when LibraryTypeOf(node.Name, found) is { } type:
                return type;
            case { Kind: SymbolKind.Alias } alias:
                return Expand(alias);
            case { } symbol:
                return NamedType(node.Name, symbol.Slot) with { IsImported = symbol.Kind == SymbolKind.Import };
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
    /// The type of the library that a name denotes. A struct or a type of the host with the name hides it, a module of the library does
    /// not. Null for other names.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="found">What the program declares under the name; null for nothing.</param>
    private SlotType? LibraryTypeOf(string name, Symbol? found)
    {
        bool isType = SlotInfo.IsLibraryType(name) && found is null or { Kind: SymbolKind.Import, LibraryName: not null }
            && options.KnownExternals?.Invoke(name) is not true;
        return isType ? SlotType.OfLibrary(name) : null;
    }

    /// <summary>As <see cref="LibraryTypeOf(string, Symbol?)"/>, for a name behind <c>is</c>.</summary>
    public SlotType? LibraryTypeOf(string name)
    {
        if (!SlotInfo.IsLibraryType(name))
        {
            return null;
        }

        Symbol? known = symbols.Lookup(name);
        bool isHidden = known is null && options.Input?.Find(name) is { LibraryModule: null };
        return isHidden ? null : LibraryTypeOf(name, known);
    }

    /// <summary>The struct of this module that a name denotes as a type; null for other names.</summary>
    public Symbol? FindStruct(string name) =>
        LookupTypeName(name) is { Kind: SymbolKind.Struct } found ? found : null;

    /// <summary>The import of this module that a name denotes as a type; null for other names.</summary>
    public Symbol? FindImport(string name) =>
        LookupTypeName(name) is { Kind: SymbolKind.Import } found ? found : null;

    /// <summary>
    /// Finds the symbol of a type. Only structs, enums, names given to types and imported names are types; a variable with a type's name
    /// does not hide the type.
    /// </summary>
    private Symbol? LookupTypeName(string name)
    {
        for (Scope? scope = symbols.Scope; scope is not null; scope = scope.Parent)
        {
            if (!scope.TryGet(name, out Symbol symbol) || !symbol.IsModuleVariable)
            {
                continue;
            }

            if (symbol.Kind is SymbolKind.Struct or SymbolKind.Enum or SymbolKind.Alias or SymbolKind.Import)
            {
                return symbol;
            }
        }

        return options.Input?.Find(name) is { Slot: >= 0 } earlier ? symbols.BoundSymbol(earlier) : null;
    }

    /// <summary>
    /// A type that the host defines in the engine, which the linker checks; where the engine is not known, it may be an enum. Null for a
    /// name that means something else, and for one that the engine does not have.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="span">Where it is used.</param>
    /// <param name="isAssumed">Whether it may be an enum where the engine is not known; a pattern with braces is of no enum.</param>
    private SlotType? HostTypeOf(string name, SourceSpan span, bool isAssumed = true)
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

        if (symbols.HostEnum(name, span, isAssumed) is { } held)
        {
            return NamedType(name, held.Slot) with { IsImported = true };
        }

        int slot = symbols.ExternalSymbol(name, span, isAssigned: false).Slot;
        module.Externals[slot] = module.Externals[slot] with { IsType = true };
        return new SlotType(SlotKind.Host, false, [], name, slot);
    }

    /// <summary>
    /// The enum or imported type that an annotation names which may not have been resolved yet; null for other annotations. Reports
    /// nothing.
    /// </summary>
    public SlotType? Peek(TypeNode node, Scope? scope)
    {
        if (node is NullableTypeNode nullable)
        {
            return Peek(nullable.Inner, scope) is { } inner ? inner with { IsNullable = true } : null;
        }

        if (node is not NamedTypeNode named)
        {
            return null;
        }

        Scope outer = symbols.Scope;
        symbols.Scope = scope ?? outer;
        Symbol? symbol = LookupTypeName(named.Module ?? named.Name);
        symbols.Scope = outer;
        return symbol switch
        {
            { Kind: SymbolKind.Enum } when named.Module is null => symbol.Enum!.Type,
            { Kind: SymbolKind.Import } when named.Module is null => NamedType(named.Name, symbol.Slot) with { IsImported = true },
            { Kind: SymbolKind.Import } => NamedType($"{named.Module}.{named.Name}", symbol.Slot, named.Name) with { IsImported = true },
            null when named.Module is null && symbols.HostEnum(named.Name, named.Span) is { } held =>
                NamedType(named.Name, held.Slot) with { IsImported = true },
            _ => null,
        };
    }

    /// <summary>
    /// As <see cref="LibraryTypeOf(string)"/>, for <c>date.date</c>: a type behind the name of the module that makes its values.
    /// </summary>
    public SlotType? LibraryTypeOf(string module, string name) =>
        SlotInfo.IsLibraryType(name) ? TypeOfModule(symbols.Lookup(module), name) : null;

    private static SlotType? TypeOfModule(Symbol? import, string name) =>
        import is { Kind: SymbolKind.Import, LibraryName: "date" } && name != "decimal" && SlotInfo.IsLibraryType(name)
            ? SlotType.OfLibrary(name)
            : null;

    private SlotType ReadModuleType(NamedTypeNode node)
    {
        Symbol? import = LookupTypeName(node.Module!);
        if (TypeOfModule(import, node.Name) is { } type)
        {
            return type;
        }

        if (import is { Kind: SymbolKind.Import })
        {
            return NamedType($"{node.Module}.{node.Name}", import.Slot, node.Name) with { IsImported = true };
        }

        diagnostics.Report(CompilerDiagnostics.UnknownType, node.Span, $"{node.Module}.{node.Name}", NameHints.ForType(node.Name));
        return SlotType.AnyType;
    }

    /// <summary>The name of a type that a struct pattern begins with; null if it begins with something else.</summary>
    public Symbol? FindAlias(Expression type) =>
        type is NameExpression name && symbols.Lookup(name.Name) is { Kind: SymbolKind.Alias } alias ? alias : null;

    /// <summary>The type that a struct pattern tests; null if an error was reported.</summary>
    public SlotType? StructTypeOf(Expression type)
    {
        if (FindAlias(type) is { } alias && Expand(alias) is { Kind: SlotKind.Struct or SlotKind.Host } named)
        {
            return named with { IsNullable = false };
        }

        Symbol? symbol = type is NameExpression ? module.SymbolOf(type) : null;
        if (symbol is { Kind: SymbolKind.Struct or SymbolKind.Import })
        {
            return NamedType(symbol.Name, symbol.Slot);
        }

        if (symbol is { Kind: SymbolKind.External })
        {
            return HostTypeOf(symbol.Name, type.Span, isAssumed: false);
        }

        if (symbol is { Kind: SymbolKind.Error })
        {
            return null;
        }

        if (type is MemberExpression { Target: NameExpression target } member
            && module.SymbolOf(target) is { Kind: SymbolKind.Import } import)
        {
            return NamedType($"{target.Name}.{member.Name}", import.Slot, member.Name);
        }

        diagnostics.Report(CompilerDiagnostics.NotAStruct, type.Span, type is NameExpression name ? name.Name : "this");
        return null;
    }
}
