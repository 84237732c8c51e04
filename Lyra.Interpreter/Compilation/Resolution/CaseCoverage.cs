using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// Finds the cases of an enum that a <c>match</c> leaves out. It applies if the arms, at their top, are cases of one enum: each case must
/// have an arm without guard whose patterns of fields always match, unless an arm takes every value.
/// </summary>
internal sealed class CaseCoverage(ResolvedModule module)
{
    private const int MostNamed = 16;

    private HashSet<string>? _covered;
    private EnumLayout? _owner;
    private bool _isComplete;
    private bool _coversNil;
    private bool _hasOtherArms;

    /// <summary>Adds an arm, whose pattern has been resolved.</summary>
    public void Add(Pattern pattern, bool isGuarded)
    {
        switch (pattern)
        {
            case AsPattern named:
                Add(named.Pattern, isGuarded);
                break;
            case AlternativePattern alternatives:
                foreach (Pattern alternative in alternatives.Alternatives)
                {
                    Add(alternative, isGuarded);
                }

                break;
            case WildcardPattern or BindingPattern { Type: null }:
                _isComplete |= !isGuarded;
                break;
            case LiteralPattern { Literal: NilLiteral }:
                _coversNil |= !isGuarded;
                break;
            case BindingPattern { Type: { } annotation } when module.EnumOf(module.TypeOf(annotation)) is { } owner && IsOwner(owner):
                Covered.UnionWith(isGuarded ? [] : owner.Names);
                break;
            case StructPattern type when module.CaseOf(type) is { } member && IsOwner(member.Enum!):
                AddCase(type, member, isGuarded);
                break;
            default:
                _hasOtherArms = true;
                break;
        }
    }

    /// <summary>The cases that are missing, in words; null if there are none, or the match need not cover all.</summary>
    public string? FindMissing(bool mayBeNil)
    {
        if (_owner is null || _isComplete || _hasOtherArms)
        {
            return null;
        }

        List<string> missing = [.. _owner.Cases.Select(static member => member.Name).Where(name => !Covered.Contains(name))];
        if (mayBeNil && !_coversNil)
        {
            missing.Add("nil");
        }

        string names = string.Join(", ", missing.Take(MostNamed).Select(static name => $"`{name}`"));
        return missing.Count == 0 ? null : missing.Count > MostNamed ? $"{names} and {missing.Count - MostNamed} more" : names;
    }

    private HashSet<string> Covered => _covered ??= [];

    private bool IsOwner(EnumLayout owner)
    {
        _owner ??= owner;
        return _owner == owner;
    }

    private void AddCase(StructPattern type, Symbol member, bool isGuarded)
    {
        bool isWhole = !isGuarded && (member.Struct is null || type.Fields.All(field => AlwaysMatches(field, member.Struct)));
        if (isWhole)
        {
            Covered.Add(member.Name);
        }
    }

    private bool AlwaysMatches(FieldPattern field, StructLayout layout)
    {
        Pattern pattern = field.Pattern;
        while (pattern is AsPattern named)
        {
            pattern = named.Pattern;
        }

        if (pattern is BindingPattern { Type: { } annotation })
        {
            int index = layout.FieldIndex(field.Name);
            return module.TypeOf(annotation) is not { } tested
                || (index >= 0 && layout.FieldSymbols[index].Type is { } type && tested.IsSameType(type)
                    && (tested.IsNullable || !type.IsNullable));
        }

        return pattern is WildcardPattern or BindingPattern;
    }
}
