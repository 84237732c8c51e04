using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Numerics;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <content>
/// Patterns that name cases of enums. Each becomes the pattern of the struct that holds the values of the case; for cases without fields,
/// whose values share a struct, with a test of the position.
/// </content>
internal sealed partial class PatternResolver
{
    /// <summary>The case that a single name at the top of an arm means; null if the name binds the value.</summary>
    private Pattern? FindBareCase(BindingPattern binding, HashSet<string> bound, CaseNames names)
    {
        if (binding.Type is not null || binding.Name == PatternNames.Ignored)
        {
            return null;
        }

        if (CaseOfName(binding.Name, binding.Span, names) is { } member)
        {
            return NewCasePattern(binding.Span, new NameExpression(binding.Span, binding.Name), member, []);
        }

        bool isCapital = char.IsUpper(binding.Name[0]);
        if (isCapital && names.Own is { } owner)
        {
            ReportUnknownCase(owner, binding.Name, binding.Span);
            return new WildcardPattern(binding.Span);
        }

        return isCapital && names.Imported is { } imported ? NewPossibleCase(binding, imported, bound) : null;
    }

    /// <summary>
    /// A name that is a case if the type turns out to be an enum which has it; otherwise it binds the value. Only the running program
    /// knows, so the pattern tests a type that the linker reads accordingly.
    /// </summary>
    private BindingPattern NewPossibleCase(BindingPattern binding, SlotType imported, HashSet<string> bound)
    {
        NamedTypeNode node = new(binding.Span, imported.StructName, binding.Name);
        module.Types[node] = MemberOf(imported, binding.Name + SlotType.IfDeclared) with { SlotName = "pattern " + binding.Name };
        BindingPattern tested = new(binding.Span, binding.Name, node);
        BindInPattern(tested, binding.Name, binding.Span, bound);
        return tested;
    }

    /// <summary>The case of this module that a name means at the top of an arm, or in the body of its enum; null if none.</summary>
    private Symbol? CaseOfName(string name, SourceSpan span, CaseNames names)
    {
        Symbol? visible = symbols.Lookup(name);
        if (names.Own?.FindCase(name) is not { } member)
        {
            return visible is { Kind: SymbolKind.Case } ? visible : null;
        }

        if (visible is not null && visible != member)
        {
            diagnostics.Report(CompilerDiagnostics.AmbiguousCase, span, name, member.Enum!.Symbol.Name);
        }

        return member;
    }

    /// <summary>The case of this module that a pattern names; null if it names something else.</summary>
    /// <param name="type">What the pattern begins with.</param>
    /// <param name="names">The cases that may stand without the name of their enum.</param>
    /// <param name="isUnknown">Whether it names an enum that has no such case, which has been reported.</param>
    private Symbol? FindCase(Expression type, CaseNames names, out bool isUnknown)
    {
        isUnknown = false;
        if (type is NameExpression name)
        {
            return CaseOfName(name.Name, name.Span, names);
        }

        if (type is not MemberExpression { Target: NameExpression owner } member
            || symbols.Lookup(owner.Name) is not { Kind: SymbolKind.Enum, Enum: { } layout })
        {
            return null;
        }

        isUnknown = layout.FindCase(member.Name) is null;
        if (isUnknown)
        {
            ReportUnknownCase(layout, member.Name, member.NameSpan);
        }

        return layout.FindCase(member.Name);
    }

    private Pattern ResolveCase(CasePattern pattern, HashSet<string> bound, CaseNames names)
    {
        Symbol? member = FindCase(pattern.Type, names, out bool isUnknown);
        if (member is not null)
        {
            return NewCasePattern(pattern.Span, pattern.Type, member, FieldsOf(pattern, member, bound));
        }

        SlotType? imported = isUnknown ? null : ImportedType(pattern.Type, names);
        if (imported is not null)
        {
            return ResolveImportedCase(pattern, imported, bound);
        }

        if (!isUnknown)
        {
            diagnostics.Report(CompilerDiagnostics.NotACase, pattern.Type.Span, symbols.Source.GetText(pattern.Type.Span));
        }

        ResolveAll([.. pattern.Fields.Select(static field => field.Pattern)], bound);
        return new WildcardPattern(pattern.Span);
    }

    /// <summary>The pattern of the struct that holds the values of a case.</summary>
    private StructPattern NewCasePattern(SourceSpan span, Expression type, Symbol member, ImmutableArray<FieldPattern> fields)
    {
        EnumLayout owner = member.Enum!;
        StructLayout layout = member.Struct ?? owner.Plain!;
        if (member.Struct is null)
        {
            IntLiteral position = new(span, new BigInteger(owner.OrdinalOf(member)));
            fields = [.. fields, new FieldPattern(span, EnumTable.OrdinalField(owner), span, new LiteralPattern(span, position))];
        }

        StructPattern pattern = new(span, type, fields);
        module.Cases[pattern] = member;
        module.Types[pattern] = new SlotType(SlotKind.Struct, false, [], layout.Declaration.Name, layout.Symbol.Slot);
        return pattern;
    }

    /// <summary>The patterns of the fields in the parentheses after a case.</summary>
    private ImmutableArray<FieldPattern> FieldsOf(CasePattern pattern, Symbol member, HashSet<string> bound)
    {
        if (member.Struct is null)
        {
            if (!pattern.IsOpen || !pattern.Fields.IsEmpty)
            {
                diagnostics.Report(CompilerDiagnostics.CalledCase, pattern.Span, $"{member.Enum!.Symbol.Name}.{member.Name}");
            }

            return [];
        }

        ImmutableArray<FieldDeclaration> declared = member.Struct.Declaration.Fields;
        ImmutableArray<FieldPattern>.Builder fields = ImmutableArray.CreateBuilder<FieldPattern>(pattern.Fields.Length);
        HashSet<string> named = [];
        foreach (CaseField field in pattern.Fields)
        {
            string? name = field.Name ?? (fields.Count < declared.Length ? declared[fields.Count].Name : null);
            Pattern part = Resolve(field.Pattern, bound);
            if (name is not null)
            {
                CheckFieldOfCase(member.Struct, name, field.Span);
            }

            bool isRepeated = name is not null && !named.Add(name);
            if (isRepeated)
            {
                diagnostics.Report(CompilerDiagnostics.RepeatedCaseField, field.Span, name!);
            }

            fields.Add(new FieldPattern(field.Span, name ?? "", field.Span, part));
        }

        int count = pattern.Fields.Length;
        if (count > declared.Length || (!pattern.IsOpen && count != declared.Length))
        {
            string has = Counts.Of(declared.Length, "field");
            diagnostics.Report(CompilerDiagnostics.CaseFieldCount, pattern.Span, member.Struct.Declaration.Name, has, $"{count}");
        }

        return fields.MoveToImmutable();
    }

    private void CheckFieldOfCase(StructLayout layout, string name, SourceSpan span)
    {
        if (layout.FieldIndex(name) >= 0)
        {
            return;
        }

        string hint = NearestName.Find(name, layout.Declaration.Fields.Select(static field => field.Name)) is { } nearest
            ? $"; it may be `{nearest}`"
            : "";
        diagnostics.Report(CompilerDiagnostics.UnknownCaseField, span, layout.Declaration.Name, name, hint);
    }

    /// <summary>The type of another module that a pattern names, which the program knows when it runs; null if it names none.</summary>
    private SlotType? ImportedType(Expression type, CaseNames names)
    {
        switch (type)
        {
            case NameExpression name:
                return names.Imported is { } imported && symbols.Lookup(name.Name) is null && !symbols.IsHostType(name.Name)
                    ? MemberOf(imported, name.Name)
                    : null;
            case MemberExpression { Target: NameExpression name } member when symbols.LookupImport(name.Name, name.Span) is { } import:
                return new SlotType(SlotKind.Struct, false, [], $"{name.Name}.{member.Name}", import.Slot, member.Name)
                {
                    IsImported = true,
                };
            case MemberExpression { Target: MemberExpression owner } member:
                return ImportedType(owner, default) is { } outer ? MemberOf(outer, member.Name) : null;
            default:
                return null;
        }
    }

    /// <summary>A member of a type of another module: a case of an enum.</summary>
    private static SlotType MemberOf(SlotType type, string name) => type with
    {
        StructName = $"{type.StructName}.{name}",
        MemberName = type.MemberName is null ? name : $"{type.MemberName}.{name}",
        IsNullable = false,
        IsImported = true,
    };

    /// <summary>
    /// A case of an enum of another module. Its fields are read by names that tell the position of the field, if it is given by that, and
    /// the number that there must be, unless the pattern is open; <see cref="Shape.IndexOf"/> reads them.
    /// </summary>
    private StructPattern ResolveImportedCase(CasePattern pattern, SlotType type, HashSet<string> bound)
    {
        ImmutableArray<FieldPattern>.Builder fields = ImmutableArray.CreateBuilder<FieldPattern>(pattern.Fields.Length);
        foreach (CaseField field in pattern.Fields)
        {
            string name = Shape.PartName(field.Name, fields.Count, pattern.IsOpen ? -1 : pattern.Fields.Length);
            fields.Add(new FieldPattern(field.Span, name, field.Span, Resolve(field.Pattern, bound)));
        }

        StructPattern result = new(pattern.Span, pattern.Type, fields.MoveToImmutable());
        module.Types[result] = type;
        return result;
    }

    /// <summary>The cases that later arms may name alone, after an arm that names one with its enum.</summary>
    public CaseNames NamesIn(Pattern pattern) => pattern switch
    {
        AsPattern named => NamesIn(named.Pattern),
        AlternativePattern alternatives => NamesIn(alternatives.Alternatives[0]),
        StructPattern type when module.CaseOf(type) is { } member => CaseNames.Of(member.Enum!),
        StructPattern { Type: MemberExpression { Target: var owner } } type
            when module.TypeOf(type) is { MemberName: not null } imported => new CaseNames(null, OwnerOf(imported, owner)),
        _ => default,
    };

    /// <summary>The type whose member a type of another module is; null if the module itself is the owner.</summary>
    private SlotType? OwnerOf(SlotType type, Expression owner)
    {
        if (owner is MemberExpression)
        {
            return ImportedType(owner, default);
        }

        return type.MemberName!.Contains('.')
            ? null
            : type with { StructName = ((NameExpression)owner).Name, MemberName = null };
    }

    /// <summary>Reports that an enum has no case of a name.</summary>
    private void ReportUnknownCase(EnumLayout owner, string name, SourceSpan span)
    {
        string hint = NearestName.Find(name, owner.Names) is { } nearest ? $"; it may be `{nearest}`" : $"; it has {JoinNames(owner)}";
        diagnostics.Report(CompilerDiagnostics.UnknownCase, span, owner.Symbol.Name, name, hint);
    }

    private static string JoinNames(EnumLayout owner)
    {
        const int MaxShown = 8;
        string names = string.Join(", ", owner.Cases.Take(MaxShown).Select(static member => member.Name));
        return owner.Cases.Count > MaxShown ? names + ", …" : names;
    }
}
