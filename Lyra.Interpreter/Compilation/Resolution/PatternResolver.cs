using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>Resolves the patterns of match arms.</summary>
internal sealed partial class PatternResolver(
    SymbolTable symbols, TypeResolver types, ResolvedModule module, DiagnosticBag diagnostics)
{
    /// <summary>
    /// Declares the names that a pattern binds, and returns the pattern that the emitters read: it has no <see cref="CasePattern"/>.
    /// </summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="bound">Collects the names.</param>
    /// <param name="names">At the top of an arm, the cases that may stand without the name of their enum.</param>
    public Pattern Resolve(Pattern pattern, HashSet<string> bound, CaseNames names = default)
    {
        module.Meter.Count(CompilationCosts.Node);
        switch (pattern)
        {
            case BindingPattern binding:
                return FindBareCase(binding, bound, names) ?? ResolveBinding(binding, bound);
            case RestPattern { Binding: { } rest }:
                BindInPattern(rest, rest.Name, rest.Span, bound);
                return pattern;
            case ListPattern list:
                ImmutableArray<Pattern> items = ResolveAll(list.Items, bound);
                return items == list.Items ? list : new ListPattern(list.Span, items, list.RestIndex);
            case TuplePattern tuple:
                ImmutableArray<Pattern> parts = ResolveAll(tuple.Items, bound);
                return parts == tuple.Items ? tuple : new TuplePattern(tuple.Span, parts, tuple.RestIndex);
            case MapPattern map:
                return ResolveMapPattern(map, bound);
            case StructPattern type:
                return ResolveStructPattern(type, bound, names);
            case CasePattern member:
                return ResolveCase(member, bound, names);
            case AlternativePattern alternatives:
                return ResolveAlternatives(alternatives, bound, names);
            case AsPattern named:
                Pattern inner = Resolve(named.Pattern, bound, names);
                AsPattern result = inner == named.Pattern ? named : new AsPattern(named.Span, inner, named.Name, named.NameSpan);
                BindInPattern(result, named.Name, named.NameSpan, bound);
                return result;
            default:
                return pattern;
        }
    }

    private BindingPattern ResolveBinding(BindingPattern binding, HashSet<string> bound)
    {
        if (binding.Type is not null)
        {
            types.Resolve(binding.Type, "pattern " + binding.Name);
        }
        else
        {
            WarnOfConstant(binding);
        }

        BindInPattern(binding, binding.Name, binding.Span, bound);
        return binding;
    }

    /// <summary>Resolves patterns; returns the same array if all stay as they are.</summary>
    private ImmutableArray<Pattern> ResolveAll(ImmutableArray<Pattern> patterns, HashSet<string> bound)
    {
        Pattern[]? changed = null;
        for (int i = 0; i < patterns.Length; i++)
        {
            Replace(ref changed, patterns, i, Resolve(patterns[i], bound));
        }

        return Changed(changed, patterns);
    }

    /// <summary>Notes what stands for an item of an array: the array is copied before the first item that becomes another.</summary>
    public static void Replace<T>(ref T[]? changed, ImmutableArray<T> items, int index, T item)
        where T : Node
    {
        if (item != items[index])
        {
            (changed ??= [.. items])[index] = item;
        }
    }

    /// <summary>The array after <see cref="Replace"/>: the same one if no item became another.</summary>
    public static ImmutableArray<T> Changed<T>(T[]? changed, ImmutableArray<T> items)
        where T : Node => changed is null ? items : ImmutableCollectionsMarshal.AsImmutableArray(changed);

    private void WarnOfConstant(BindingPattern binding)
    {
        bool shadowsConstant = symbols.Lookup(binding.Name) is { Kind: SymbolKind.Const };
        if (shadowsConstant)
        {
            diagnostics.Report(CompilerDiagnostics.ShadowsConstant, binding.Span, binding.Name);
        }
    }

    private MapPattern ResolveMapPattern(MapPattern map, HashSet<string> bound)
    {
        ConstantEvaluator evaluator = new(module);
        HashSet<object> keys = [];
        MapPatternEntry[]? changed = null;
        for (int i = 0; i < map.Entries.Length; i++)
        {
            MapPatternEntry entry = map.Entries[i];
            bool isTaken = evaluator.TryEvaluate(entry.Key, out Value key) && !keys.Add(SwitchKeys.Of(key) ?? (key.Kind, key.Bits));
            if (isTaken)
            {
                diagnostics.Report(CompilerDiagnostics.DuplicateKey, entry.Key.Span, symbols.Source.GetText(entry.Key.Span));
            }

            Pattern value = Resolve(entry.Value, bound);
            Replace(ref changed, map.Entries, i, value == entry.Value ? entry : new MapPatternEntry(entry.Span, entry.Key, value));
        }

        return changed is null ? map : new MapPattern(map.Span, Changed(changed, map.Entries), map.IsOpen);
    }

    /// <summary>Declares a name that a pattern binds. Alternatives of one arm that bind the same name share its symbol.</summary>
    private void BindInPattern(Node node, string name, SourceSpan span, HashSet<string> bound)
    {
        if (name == PatternNames.Ignored)
        {
            return;
        }

        if (!bound.Add(name))
        {
            diagnostics.Report(CompilerDiagnostics.DuplicateBinding, span, name);
        }

        if (symbols.Scope.TryGet(name, out Symbol symbol))
        {
            module.Symbols[node] = symbol;
        }
        else
        {
            symbols.DeclareLocal(node, name, span, SymbolKind.Binding);
        }
    }

    private StructPattern ResolveStructPattern(StructPattern pattern, HashSet<string> bound, CaseNames names)
    {
        Symbol? member = FindCase(pattern.Type, names, out bool isUnknown);
        StructLayout? layout = member?.Struct;
        SlotType? type = null;
        if (member is null && !isUnknown)
        {
            type = TypeOfPattern(pattern.Type, names);
            layout = module.SymbolOf(pattern.Type)?.Struct;
        }

        FieldPattern[]? changed = null;
        for (int i = 0; i < pattern.Fields.Length; i++)
        {
            FieldPattern field = pattern.Fields[i];
            CheckField(layout, member, field);
            Pattern part = Resolve(field.Pattern, bound);
            FieldPattern resolved = part == field.Pattern ? field : new FieldPattern(field.Span, field.Name, field.NameSpan, part);
            Replace(ref changed, pattern.Fields, i, resolved);
        }

        ImmutableArray<FieldPattern> fields = Changed(changed, pattern.Fields);

        if (member is not null)
        {
            return NewCasePattern(pattern.Span, pattern.Type, member, fields);
        }

        StructPattern result = changed is null ? pattern : new StructPattern(pattern.Span, pattern.Type, fields);
        if (type is not null)
        {
            module.Types[result] = type;
        }

        return result;
    }

    /// <summary>The type that a struct pattern tests; null if an error was reported.</summary>
    private SlotType? TypeOfPattern(Expression type, CaseNames names)
    {
        bool isNested = type is MemberExpression { Target: MemberExpression } or NameExpression;
        if (isNested && ImportedType(type, names) is { } imported)
        {
            return imported;
        }

        if (types.FindAlias(type) is null)
        {
            ResolveTypeName(type);
        }

        return types.StructTypeOf(type);
    }

    /// <summary>Determines what the names mean that a struct pattern begins with.</summary>
    private void ResolveTypeName(Expression type)
    {
        if (type is NameExpression name)
        {
            symbols.ResolveName(name);
        }
        else if (type is MemberExpression { Target: NameExpression owner } member)
        {
            symbols.ResolveName(owner, member.Name);
        }
        else if (type is MemberExpression { Target: var target })
        {
            ResolveTypeName(target);
        }
    }

    private void CheckField(StructLayout? layout, Symbol? member, FieldPattern field)
    {
        if (member is not null && layout is null)
        {
            string name = $"{member.Enum!.Symbol.Name}.{member.Name}";
            diagnostics.Report(CompilerDiagnostics.UnknownCaseField, field.NameSpan, name, field.Name, "");
        }
        else if (member is not null)
        {
            CheckFieldOfCase(layout!, field.Name, field.NameSpan);
        }
        else if (layout is not null && layout.FieldIndex(field.Name) < 0)
        {
            diagnostics.Report(CompilerDiagnostics.UnknownField, field.NameSpan, layout.Declaration.Name, field.Name);
        }
    }

    private AlternativePattern ResolveAlternatives(AlternativePattern pattern, HashSet<string> bound, CaseNames names)
    {
        HashSet<string>? first = null;
        Pattern[]? changed = null;
        for (int i = 0; i < pattern.Alternatives.Length; i++)
        {
            HashSet<string> own = [];
            Pattern alternative = Resolve(pattern.Alternatives[i], own, names);
            names = names.IsEmpty ? NamesIn(alternative) : names;
            Replace(ref changed, pattern.Alternatives, i, alternative);
            first ??= own;
            if (!first.SetEquals(own))
            {
                ReportDifference(alternative, first, own);
            }
        }

        foreach (string name in first ?? [])
        {
            if (!bound.Add(name))
            {
                diagnostics.Report(CompilerDiagnostics.DuplicateBinding, pattern.Span, name);
            }
        }

        return changed is null ? pattern : new AlternativePattern(pattern.Span, Changed(changed, pattern.Alternatives));
    }

    private void ReportDifference(Pattern alternative, HashSet<string> first, HashSet<string> names)
    {
        HashSet<string> difference = [.. first];
        difference.SymmetricExceptWith(names);
        foreach (string name in difference)
        {
            diagnostics.Report(CompilerDiagnostics.AlternativeNames, alternative.Span, name);
            return;
        }
    }
}
