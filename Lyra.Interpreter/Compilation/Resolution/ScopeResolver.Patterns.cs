using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>Patterns of match arms.</summary>
internal sealed partial class ScopeResolver
{
    /// <summary>Declares the names that a pattern binds; <paramref name="bound"/> collects them.</summary>
    private void ResolvePattern(Pattern pattern, HashSet<string> bound)
    {
        _options.Meter.Count(CompilationCosts.Node);
        switch (pattern)
        {
            case BindingPattern binding:
                if (binding.Type is not null)
                {
                    _types.Resolve(binding.Type, "pattern " + binding.Name);
                }

                if (binding.Type is null)
                {
                    WarnOfConstant(binding);
                }

                BindInPattern(binding, binding.Name, binding.Span, bound);
                break;
            case RestPattern { Binding: { } rest }:
                BindInPattern(rest, rest.Name, rest.Span, bound);
                break;
            case ListPattern list:
                ResolvePatterns(list.Items, bound);
                break;
            case TuplePattern tuple:
                ResolvePatterns(tuple.Items, bound);
                break;
            case MapPattern map:
                ResolveMapPattern(map, bound);
                break;
            case StructPattern type:
                ResolveStructPattern(type, bound);
                break;
            case AlternativePattern alternatives:
                ResolveAlternatives(alternatives, bound);
                break;
            case AsPattern named:
                ResolvePattern(named.Pattern, bound);
                BindInPattern(named, named.Name, named.NameSpan, bound);
                break;
        }
    }

    private void ResolvePatterns(ImmutableArray<Pattern> patterns, HashSet<string> bound)
    {
        foreach (Pattern pattern in patterns)
        {
            ResolvePattern(pattern, bound);
        }
    }

    private void WarnOfConstant(BindingPattern binding)
    {
        bool shadowsConstant = _symbols.Lookup(binding.Name) is { Kind: SymbolKind.Const };
        if (shadowsConstant)
        {
            _diagnostics.Report(CompilerDiagnostics.ShadowsConstant, binding.Span, binding.Name);
        }
    }

    private void ResolveMapPattern(MapPattern map, HashSet<string> bound)
    {
        ConstantEvaluator evaluator = new(_module);
        HashSet<object> keys = [];
        foreach (MapPatternEntry entry in map.Entries)
        {
            bool isTaken = evaluator.TryEvaluate(entry.Key, out Value key) && !keys.Add(SwitchKeys.Of(key) ?? (key.Kind, key.Bits));
            if (isTaken)
            {
                _diagnostics.Report(CompilerDiagnostics.DuplicateKey, entry.Key.Span, _source.GetText(entry.Key.Span));
            }

            ResolvePattern(entry.Value, bound);
        }
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
            _diagnostics.Report(CompilerDiagnostics.DuplicateBinding, span, name);
        }

        if (_symbols.Scope.TryGet(name, out Symbol symbol))
        {
            _module.Symbols[node] = symbol;
        }
        else
        {
            _symbols.DeclareLocal(node, name, span, SymbolKind.Binding);
        }
    }

    private void ResolveStructPattern(StructPattern pattern, HashSet<string> bound)
    {
        if (_types.FindAlias(pattern.Type) is null)
        {
            Resolve(pattern.Type);
        }

        if (_types.StructTypeOf(pattern.Type) is { } type)
        {
            _module.Types[pattern] = type;
        }

        StructLayout? layout = _module.SymbolOf(pattern.Type)?.Struct;
        foreach (FieldPattern field in pattern.Fields)
        {
            if (layout is not null && !HasMember(layout, field.Name))
            {
                _diagnostics.Report(CompilerDiagnostics.UnknownField, field.NameSpan, layout.Declaration.Name, field.Name);
            }

            ResolvePattern(field.Pattern, bound);
        }
    }

    private static bool HasMember(StructLayout layout, string name) => layout.FieldIndex(name) >= 0;

    private void ResolveAlternatives(AlternativePattern pattern, HashSet<string> bound)
    {
        HashSet<string>? first = null;
        foreach (Pattern alternative in pattern.Alternatives)
        {
            HashSet<string> names = [];
            ResolvePattern(alternative, names);
            first ??= names;
            if (!first.SetEquals(names))
            {
                ReportDifference(alternative, first, names);
            }
        }

        foreach (string name in first ?? [])
        {
            if (!bound.Add(name))
            {
                _diagnostics.Report(CompilerDiagnostics.DuplicateBinding, pattern.Span, name);
            }
        }
    }

    private void ReportDifference(Pattern alternative, HashSet<string> first, HashSet<string> names)
    {
        HashSet<string> difference = [.. first];
        difference.SymmetricExceptWith(names);
        foreach (string name in difference)
        {
            _diagnostics.Report(CompilerDiagnostics.AlternativeNames, alternative.Span, name);
            return;
        }
    }
}
